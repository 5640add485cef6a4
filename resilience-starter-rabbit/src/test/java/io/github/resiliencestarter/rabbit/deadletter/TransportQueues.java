package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** Queues of a test, and what has come to them, by RabbitMQ's own client. */
final class TransportQueues implements AutoCloseable {

    static final DeadLetterNames NAMES =
            new DeadLetterNames("{queue}{suffix}", ".dlq", "{queue}.dlx", "{queue}.{delay}");

    private final RabbitServer server;
    private final String type;
    private final Map<String, List<GetResponse>> read = new ConcurrentHashMap<>();

    /** @param type {@code classic} or {@code quorum} */
    TransportQueues(RabbitServer server, String type) {
        this.server = server;
        this.type = type;
    }

    CachingConnectionFactory connections() {
        CachingConnectionFactory factory = new CachingConnectionFactory(server.host(), server.port());
        factory.setUsername(server.username());
        factory.setPassword(server.password());
        return factory;
    }

    interface Action<T> {
        T by(Channel channel) throws Exception;
    }

    <T> T on(Action<T> action) {
        com.rabbitmq.client.ConnectionFactory factory = new com.rabbitmq.client.ConnectionFactory();
        factory.setHost(server.host());
        factory.setPort(server.port());
        factory.setAutomaticRecoveryEnabled(false);
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            return action.by(channel);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A queue with an exchange of its own and a dead letter queue. */
    Source.Queue source() {
        Source.Queue source = lonely();
        declare(source.queue() + ".dlq", Map.of());
        on(channel -> {
            channel.exchangeDeclare(NAMES.exchange(source.queue()), "fanout", true);
            return channel.queueBind(source.queue() + ".dlq", NAMES.exchange(source.queue()), "");
        });
        return source;
    }

    /** A queue that nobody has made a dead letter queue for. */
    Source.Queue lonely() {
        String queue = "transport-" + UUID.randomUUID();
        declare(queue, Map.of());
        on(channel -> {
            channel.exchangeDeclare(queue + ".exchange", "topic", true);
            return channel.queueBind(queue, queue + ".exchange", "order.*");
        });
        return new Source.Queue(queue, queue + ".exchange", "order.placed");
    }

    void declare(String queue, Map<String, Object> arguments) {
        Map<String, Object> all = new java.util.HashMap<>(arguments);
        all.put("x-queue-type", type);
        on(channel -> channel.queueDeclare(queue, true, false, false, all));
    }

    void publish(String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {
        on(channel -> {
            channel.confirmSelect();
            channel.basicPublish(exchange, routingKey, true, properties, body);
            channel.waitForConfirmsOrDie(10_000);
            return null;
        });
    }

    /** All that has come since the test began, oldest first, once there are so many. */
    List<GetResponse> read(String queue, int count) {
        List<GetResponse> messages = read.computeIfAbsent(queue, ignored -> new ArrayList<>());
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        return on(channel -> {
            while (messages.size() < count && System.nanoTime() < end) {
                GetResponse next = channel.basicGet(queue, true);
                if (next == null) {
                    Thread.onSpinWait();
                } else {
                    messages.add(next);
                }
            }
            GetResponse more = channel.basicGet(queue, true);
            if (more != null) {
                messages.add(more);
            }
            return List.copyOf(messages);
        });
    }

    @Override
    public void close() {
        read.clear();
    }
}
