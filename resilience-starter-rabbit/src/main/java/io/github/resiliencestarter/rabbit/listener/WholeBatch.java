package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.nio.ByteBuffer;
import java.util.List;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.core.MessagePropertiesBuilder;

/**
 * Calls a listener that takes apart by itself what was published as one, so that it finds the headers of that. For each attempt
 * the messages are put together again, as Spring's batching strategy does: what was taken apart once cannot be a second time.
 *
 * @param properties of the message as it came
 */
record WholeBatch(HostListener listener, MessageProperties properties) implements BatchCall {

    /** Whether we know how messages of this format are put together. */
    static boolean knows(MessageProperties properties) {
        return MessageProperties.BATCH_FORMAT_LENGTH_HEADER4.equals(
                properties.getHeader(MessageProperties.SPRING_BATCH_FORMAT));
    }

    @Override
    public void attempt(List<Message> messages, Channel channel) throws Exception {
        listener.onMessage(together(messages), channel);
    }

    private Message together(List<Message> messages) {
        int length = messages.stream()
                .mapToInt(each -> Integer.BYTES + each.getBody().length)
                .sum();
        ByteBuffer body = ByteBuffer.allocate(length);
        messages.forEach(each -> body.putInt(each.getBody().length).put(each.getBody()));
        MessageProperties copy =
                MessagePropertiesBuilder.fromClonedProperties(properties).build();
        copy.setHeader(MessageProperties.SPRING_BATCH_FORMAT, MessageProperties.BATCH_FORMAT_LENGTH_HEADER4);
        copy.setContentLength(length);
        return new Message(body.array(), copy);
    }
}
