package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Queues of a test's own: made, written and read as bytes, without anything of ours. */
final class RabbitQueues implements AutoCloseable {

    static final BasicProperties PERSISTENT =
            new BasicProperties.Builder().deliveryMode(2).build();

    private final RabbitServer server;
    private @Nullable Connection connection;

    RabbitQueues(RabbitServer server) {
        this.server = server;
    }

    /** What is done with a channel. */
    interface Work<T> {
        T with(Channel channel) throws Exception;
    }

    /** On a channel of its own, for the broker closes it when something is wrong. */
    <T> T work(Work<T> work) throws Exception {
        try (Channel channel = connection().createChannel()) {
            return work.with(channel);
        }
    }

    private Connection connection() throws Exception {
        if (connection == null || !connection.isOpen()) {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setHost(server.host());
            factory.setPort(server.port());
            factory.setAutomaticRecoveryEnabled(false);
            connection = factory.newConnection("test");
        }
        return connection;
    }

    void create(String name, Map<String, Object> arguments) throws Exception {
        work(channel -> channel.queueDeclare(name, true, false, false, arguments));
    }

    boolean exists(String name) {
        try {
            work(channel -> channel.queueDeclarePassive(name));
            return true;
        } catch (Exception missing) {
            return false;
        }
    }

    /** Returns when the broker has confirmed it. */
    void send(String exchange, String routingKey, BasicProperties properties, byte[] body) throws Exception {
        work(channel -> {
            channel.confirmSelect();
            channel.basicPublish(exchange, routingKey, true, properties, body);
            channel.waitForConfirmsOrDie(TimeUnit.SECONDS.toMillis(10));
            return "";
        });
    }

    /** The next message of the queue, taken out of it; waits for it. */
    GetResponse take(String queue) {
        return Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> work(channel -> channel.basicGet(queue, true)), got -> got != null);
    }

    /** How many are ready in the queue. */
    long count(String queue) throws Exception {
        return work(channel -> channel.messageCount(queue));
    }

    @Override
    public void close() throws Exception {
        if (connection != null && connection.isOpen()) {
            connection.close();
        }
    }
}
