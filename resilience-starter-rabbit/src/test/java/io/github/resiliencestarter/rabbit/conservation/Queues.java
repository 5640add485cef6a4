package io.github.resiliencestarter.rabbit.conservation;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import java.util.Locale;
import java.util.Map;

/** A durable queue with its dead letter exchange and dead letter queue, which is of the same type. */
final class Queues {

    private Queues() {}

    /** What the queue is told to dead-letter goes where letters of ours go, by the same names. */
    static void declare(ConnectionFactory factory, String queue, QueueType type) throws Exception {
        String typeName = type.name().toLowerCase(Locale.ROOT);
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare(queue + ".dlx", BuiltinExchangeType.FANOUT, true);
            channel.queueDeclare(queue + ".dlq", true, false, false, Map.of("x-queue-type", typeName));
            channel.queueBind(queue + ".dlq", queue + ".dlx", "");
            channel.queueDeclare(
                    queue,
                    true,
                    false,
                    false,
                    Map.of("x-queue-type", typeName, "x-dead-letter-exchange", queue + ".dlx"));
        }
    }
}
