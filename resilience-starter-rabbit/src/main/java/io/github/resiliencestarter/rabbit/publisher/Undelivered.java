package io.github.resiliencestarter.rabbit.publisher;

import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpMessageReturnedException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.CorrelationData.Confirm;
import org.springframework.amqp.rabbit.core.AmqpNackReceivedException;

/** What the broker's answer to a message means. */
public final class Undelivered {

    private Undelivered() {}

    /** Null if it was delivered. A message that is returned is acknowledged as well. */
    public static @Nullable AmqpException why(
            Confirm answer, @Nullable ReturnedMessage returned, @Nullable Message message) {
        if (returned != null) {
            return new AmqpMessageReturnedException(
                    "The broker has no queue for exchange '%s' with routing key '%s': %d %s"
                            .formatted(
                                    returned.getExchange(),
                                    returned.getRoutingKey(),
                                    returned.getReplyCode(),
                                    returned.getReplyText()),
                    returned);
        }
        String reason = answer.getReason();
        return answer.isAck()
                ? null
                : new AmqpNackReceivedException(
                        reason == null
                                ? "The broker refused the message: a queue that it was routed to could not take it"
                                : "The broker did not confirm the message: " + reason,
                        message);
    }
}
