package io.github.resiliencestarter.rabbit;

import io.github.resiliencestarter.rabbit.publisher.Undelivered;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessagePostProcessor;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/**
 * Publishes by a {@link RabbitTemplate}, and tells what has become of each message. A bean where {@code
 * resilience.rabbit.publisher.confirm} is true. Thread-safe.
 */
public final class RabbitPublisher {

    private final RabbitTemplate template;

    /**
     * @throws IllegalArgumentException if the broker does not confirm what this template publishes: its connection factory has no
     *     correlated confirms, or its channels are transacted
     */
    public RabbitPublisher(RabbitTemplate template) {
        if (!template.getConnectionFactory().isPublisherConfirms() || template.isChannelTransacted()) {
            throw new IllegalArgumentException("The template's messages are not confirmed: set"
                    + " resilience.rabbit.publisher.confirm to true, and channelTransacted to false");
        }
        this.template = template;
    }

    /**
     * Publishes as {@link RabbitTemplate#convertAndSend(String, String, Object)} does, and does not wait for the broker.
     *
     * @return completes when the broker has the message, in all queues that it was routed to; exceptionally with an {@link
     *     AmqpException} if it has not: {@code AmqpMessageReturnedException} where no queue is bound, {@code
     *     AmqpNackReceivedException} where a queue refuses it or the connection is lost before the broker has answered, and then it may
     *     have it all the same. There is no time-out: a connection that is dead is noticed by its heartbeat
     */
    public CompletableFuture<Void> send(String exchange, String routingKey, Object message) {
        CorrelationData correlation = new CorrelationData();
        AtomicReference<Message> sent = new AtomicReference<>();
        MessagePostProcessor remember = made -> {
            sent.set(made);
            return made;
        };
        try {
            template.convertAndSend(exchange, routingKey, message, remember, correlation);
        } catch (AmqpException notSent) {
            return CompletableFuture.failedFuture(notSent);
        }
        return correlation.getFuture().thenAccept(answer -> {
            // Of a template with a callback of the host's, which is told instead of the future.
            AmqpException why = Undelivered.why(answer, correlation.getReturned(), sent.get());
            if (why != null) {
                throw why;
            }
        });
    }
}
