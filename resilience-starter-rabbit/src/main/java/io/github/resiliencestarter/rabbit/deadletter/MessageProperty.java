package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import io.github.resiliencestarter.messaging.Header;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;

/**
 * The properties of an AMQP message, kept among the headers of its letter: under AMQP's own names, with the type {@link #TYPE}, as
 * text. Some are never set on what we send, and travel as a header instead, whose name begins with {@link #KEPT}.
 */
enum MessageProperty {
    CONTENT_TYPE(
            "content-type",
            MessageProperties::getContentType,
            BasicProperties::getContentType,
            AMQP.BasicProperties.Builder::contentType),
    CONTENT_ENCODING(
            "content-encoding",
            MessageProperties::getContentEncoding,
            BasicProperties::getContentEncoding,
            AMQP.BasicProperties.Builder::contentEncoding),
    PRIORITY(
            "priority",
            from -> text(from.getPriority()),
            from -> text(from.getPriority()),
            (to, text) -> to.priority(Integer.valueOf(text))),
    CORRELATION_ID(
            "correlation-id",
            MessageProperties::getCorrelationId,
            BasicProperties::getCorrelationId,
            AMQP.BasicProperties.Builder::correlationId),
    REPLY_TO(
            "reply-to",
            MessageProperties::getReplyTo,
            BasicProperties::getReplyTo,
            AMQP.BasicProperties.Builder::replyTo),
    MESSAGE_ID(
            "message-id",
            MessageProperties::getMessageId,
            BasicProperties::getMessageId,
            AMQP.BasicProperties.Builder::messageId),
    /** Seconds since 1970. */
    TIMESTAMP(
            "timestamp",
            from -> seconds(from.getTimestamp()),
            from -> seconds(from.getTimestamp()),
            (to, text) -> to.timestamp(new Date(Long.parseLong(text) * 1_000))),
    TYPE_OF_MESSAGE("type", MessageProperties::getType, BasicProperties::getType, AMQP.BasicProperties.Builder::type),
    APP_ID("app-id", MessageProperties::getAppId, BasicProperties::getAppId, AMQP.BasicProperties.Builder::appId),

    /** A letter would expire too, and what is replayed is to be processed at last: the broker takes it off as well. */
    EXPIRATION("expiration", MessageProperties::getExpiration, BasicProperties::getExpiration, null),
    /** The broker closes the channel of whoever sends the name of another user. */
    USER_ID("user-id", MessageProperties::getReceivedUserId, BasicProperties::getUserId, null),
    /** What we send is persistent. Kept where the original was not. */
    DELIVERY_MODE(
            "delivery-mode",
            from -> transientMode(mode(from.getReceivedDeliveryMode())),
            from -> transientMode(from.getDeliveryMode()),
            null);

    static final String TYPE = "property";
    static final String KEPT = "resilience-amqp-";

    private static final List<MessageProperty> ALL = List.of(values());

    private final String key;
    private final Function<MessageProperties, @Nullable String> inSpring;
    private final Function<BasicProperties, @Nullable String> inClient;
    private final @Nullable BiConsumer<AMQP.BasicProperties.Builder, String> setter;

    MessageProperty(
            String key,
            Function<MessageProperties, @Nullable String> inSpring,
            Function<BasicProperties, @Nullable String> inClient,
            @Nullable BiConsumer<AMQP.BasicProperties.Builder, String> setter) {
        this.key = key;
        this.inSpring = inSpring;
        this.inClient = inClient;
        this.setter = setter;
    }

    static void read(MessageProperties from, List<Header> to) {
        for (MessageProperty property : ALL) {
            property.add(property.inSpring.apply(from), to);
        }
    }

    static void read(BasicProperties from, List<Header> to) {
        for (MessageProperty property : ALL) {
            property.add(property.inClient.apply(from), to);
        }
    }

    private void add(@Nullable String value, List<Header> to) {
        if (value != null) {
            to.add(new Header(key, value.getBytes(StandardCharsets.UTF_8), TYPE));
        }
    }

    static @Nullable MessageProperty of(String key) {
        for (MessageProperty property : ALL) {
            if (property.key.equals(key)) {
                return property;
            }
        }
        return null;
    }

    /** @return false if it is to travel as a header */
    boolean set(String value, AMQP.BasicProperties.Builder to) {
        if (setter == null) {
            return false;
        }
        setter.accept(to, value);
        return true;
    }

    private static @Nullable String text(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }

    private static @Nullable String seconds(@Nullable Date date) {
        return date == null ? null : Long.toString(date.getTime() / 1_000);
    }

    private static @Nullable Integer mode(@Nullable MessageDeliveryMode mode) {
        return mode == null ? null : MessageDeliveryMode.toInt(mode);
    }

    private static @Nullable String transientMode(@Nullable Integer mode) {
        return mode == null || mode == 2 ? null : mode.toString();
    }
}
