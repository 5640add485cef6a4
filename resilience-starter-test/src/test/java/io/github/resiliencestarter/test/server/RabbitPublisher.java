package io.github.resiliencestarter.test.server;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sends persistent, numbered messages, at most 200 ahead of the confirms. */
final class RabbitPublisher implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long INTERVAL = 500_000;

    private final Connection connection;
    private final Channel channel;
    private final String queue;
    private final Semaphore ahead = new Semaphore(200);
    private final ConcurrentNavigableMap<Long, Integer> sent = new ConcurrentSkipListMap<>();
    private final Set<Integer> confirmed = new ConcurrentSkipListSet<>();

    RabbitPublisher(Connection connection, String queue) throws IOException {
        this.connection = connection;
        this.queue = queue;
        this.channel = connection.createChannel();
        channel.confirmSelect();
        channel.addConfirmListener(this::confirm, (tag, multiple) -> {});
        // nobody waits for the confirms of a connection that is gone
        connection.addShutdownListener(cause -> ahead.release(Short.MAX_VALUE));
    }

    private void confirm(long tag, boolean multiple) {
        ConcurrentNavigableMap<Long, Integer> done =
                multiple ? sent.headMap(tag, true) : sent.subMap(tag, true, tag, true);
        confirmed.addAll(done.values());
        ahead.release(done.size());
        done.clear();
    }

    /** Returns when it is on its way. */
    void send() throws IOException {
        try {
            if (!ahead.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IOException("no confirm for 10 s");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        int number = NUMBERS.incrementAndGet();
        sent.put(channel.getNextPublishSeqNo(), number);
        byte[] body = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body);
    }

    void send(int messages) throws IOException {
        for (int i = 0; i < messages; i++) {
            send();
        }
    }

    /** On a thread of its own, until the connection breaks; at most 2,000 a second, for all are read again. */
    Thread sendUntilItBreaks() {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            send();
                            LockSupport.parkNanos(INTERVAL);
                        }
                    } catch (Exception broken) {
                        // as announced
                    }
                },
                "publisher");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    Set<Integer> confirmed() {
        return new TreeSet<>(confirmed);
    }

    int unconfirmed() {
        return sent.size();
    }

    @Override
    public void close() {
        connection.abort(1_000);
    }
}
