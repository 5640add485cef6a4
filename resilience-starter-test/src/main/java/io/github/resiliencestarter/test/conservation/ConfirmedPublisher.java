package io.github.resiliencestarter.test.conservation;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Publishes numbers to a queue with confirms, and connects anew when the connection is lost. */
final class ConfirmedPublisher implements AutoCloseable {

    private static final long PATIENCE = 60_000_000_000L;
    private static final long PAUSE_IN_MILLISECONDS = 100;

    private final ConnectionFactory factory;
    private final String queue;
    private @Nullable Session session;

    ConfirmedPublisher(ConnectionFactory factory, String queue) {
        this.factory = factory;
        this.queue = queue;
    }

    /** The stage fails if the broker refuses the message, has no queue for it, or is lost before it has confirmed. */
    synchronized CompletionStage<?> send(long number) {
        try {
            return connected().publish(number);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Session connected() throws IOException {
        long start = System.nanoTime();
        while (session == null || !session.channel.isOpen()) {
            try {
                session = new Session(factory.newConnection("conservation-publisher"));
            } catch (IOException | TimeoutException e) {
                if (System.nanoTime() - start > PATIENCE) {
                    throw new IOException("No connection to RabbitMQ for a minute", e);
                }
                pause();
            }
        }
        return session;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_IN_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while connecting", e);
        }
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.connection.abort();
        }
    }

    /** One connection, and the messages for which it waits. */
    private final class Session {

        private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> unconfirmed = new ConcurrentSkipListMap<>();
        private final Map<Long, CompletableFuture<Void>> byNumber = new ConcurrentSkipListMap<>();
        private final Connection connection;
        private final Channel channel;

        private Session(Connection connection) throws IOException {
            this.connection = connection;
            this.channel = connection.createChannel();
            channel.confirmSelect();
            channel.addConfirmListener(
                    (tag, multiple) -> settle(tag, multiple, null),
                    (tag, multiple) -> settle(tag, multiple, new IOException("RabbitMQ has refused the message")));
            channel.addReturnListener(returned -> {
                CompletableFuture<Void> confirmation = byNumber.get(RabbitTransport.number(returned.getProperties()));
                if (confirmation != null) { // it is returned before it is confirmed
                    confirmation.completeExceptionally(new IOException("There is no queue " + queue));
                }
            });
            channel.addShutdownListener(cause -> settle(Long.MAX_VALUE, true, cause));
        }

        private CompletionStage<?> publish(long number) throws IOException {
            CompletableFuture<Void> confirmation = new CompletableFuture<>();
            unconfirmed.put(channel.getNextPublishSeqNo(), confirmation);
            byNumber.put(number, confirmation);
            BasicProperties properties = new BasicProperties.Builder()
                    .deliveryMode(2)
                    .messageId(Long.toString(number)) // by which a consumer knows what it has seen already
                    .headers(Map.of(RabbitTransport.NUMBER, number))
                    .build();
            channel.basicPublish(
                    "", queue, true, properties, Long.toString(number).getBytes(StandardCharsets.UTF_8));
            if (!channel.isOpen()) { // it may have been shut down before it knew of this message
                confirmation.completeExceptionally(new IOException("The connection was lost"));
            }
            return confirmation.whenComplete((value, failure) -> byNumber.remove(number));
        }

        private void settle(long tag, boolean multiple, @Nullable Exception failure) {
            Map<Long, CompletableFuture<Void>> settled =
                    multiple ? unconfirmed.headMap(tag, true) : unconfirmed.subMap(tag, true, tag, true);
            settled.values().forEach(confirmation -> {
                if (failure == null) {
                    confirmation.complete(null);
                } else {
                    confirmation.completeExceptionally(failure);
                }
            });
            settled.clear();
        }
    }
}
