package io.github.resiliencestarter.benchmarks.messages;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Queues of the broker: made, filled and looked at. Each comes with its dead letter exchange and dead letter queue. */
final class Queues implements AutoCloseable {

    private static final int UNCONFIRMED = 1_000;
    private static final long PATIENCE_MILLIS = 30_000;

    private final Connection connection;
    private final Channel channel;

    Queues(String host, int port) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        connection = factory.newConnection("benchmark");
        channel = connection.createChannel();
        channel.confirmSelect();
    }

    static String deadLetterQueue(String queue) {
        return queue + ".dlq";
    }

    static String deadLetterExchange(String queue) {
        return queue + ".dlx";
    }

    /** All durable; what the queue is told to dead-letter goes where our letters go. */
    void create(String queue, QueueType type) throws IOException {
        String typeName = type.name().toLowerCase(Locale.ROOT);
        channel.exchangeDeclare(deadLetterExchange(queue), BuiltinExchangeType.FANOUT, true);
        channel.queueDeclare(deadLetterQueue(queue), true, false, false, Map.of("x-queue-type", typeName));
        channel.queueBind(deadLetterQueue(queue), deadLetterExchange(queue), "");
        channel.queueDeclare(
                queue,
                true,
                false,
                false,
                Map.of("x-queue-type", typeName, "x-dead-letter-exchange", deadLetterExchange(queue)));
    }

    /** Returns when the broker has confirmed all of them. */
    void fill(String queue, Load load) throws Exception {
        BitSet poison = load.poisonNumbers();
        for (int number = 0; number < load.records(); number++) {
            byte[] body = ByteBuffer.allocate(Load.BYTES)
                    .putInt(number)
                    .put((byte) (poison.get(number) ? 1 : 0))
                    .array();
            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body);
            if ((number + 1) % UNCONFIRMED == 0) {
                channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
            }
        }
        channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
    }

    /** How many messages nobody has got yet. */
    long count(String queue) throws IOException {
        return channel.messageCount(queue);
    }

    /** Takes the dead letters out of their queue. */
    RabbitLetters readDeadLetters(String queue) throws IOException, InterruptedException {
        String name = deadLetterQueue(queue);
        return RabbitLetters.read(connection, name, count(name));
    }

    void delete(String queue) throws IOException {
        channel.queueDelete(queue);
        channel.queueDelete(deadLetterQueue(queue));
        channel.exchangeDelete(deadLetterExchange(queue));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
