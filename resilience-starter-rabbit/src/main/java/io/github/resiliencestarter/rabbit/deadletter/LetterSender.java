package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.delivery.LetterThread;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/**
 * Sends letters in the order in which they come, from a thread of its own: to connect takes a while, and a broker that is short of
 * memory reads no further. Thread-safe.
 */
final class LetterSender implements AutoCloseable {

    /**
     * How long a letter waits for others while they come thick: one that comes alone costs the broker two or three times as much as
     * one of ten. When there are none on their way it goes at once, for a listener that has one message at a time waits for the
     * confirmation of each that failed.
     */
    private static final Duration GATHER = Duration.ofMillis(20);

    private final ConnectionFactory factory;
    private final Duration timeout;
    private final CallClock clock;
    private final LetterThread<LetterTask> thread;
    /** By exchange; only the thread adds to it. */
    private final Map<String, LetterChannel> channels = new ConcurrentHashMap<>();

    /** Only the thread touches it, until it is closed. */
    private volatile @Nullable LetterConnection connection;

    LetterSender(ConnectionFactory factory, Duration timeout, CallClock clock) {
        this(factory, timeout, clock, GATHER);
    }

    LetterSender(ConnectionFactory factory, Duration timeout, CallClock clock, Duration gather) {
        this.factory = factory;
        this.timeout = timeout;
        this.clock = clock;
        this.thread = new LetterThread<>(
                gather,
                this::hasUnconfirmed,
                this::deliver,
                (task, closed) -> task.failed(new IllegalStateException("The application is being stopped", closed)));
    }

    /** The stage ends when the broker has answered, or when the time is up. */
    CompletionStage<Void> send(OutgoingLetter letter) {
        LetterTask task = new LetterTask(letter, timeout);
        clock.set(task, timeout.toNanos());
        thread.add(task);
        return task.result();
    }

    private boolean hasUnconfirmed() {
        for (LetterChannel channel : channels.values()) {
            if (!channel.isDone()) {
                return true;
            }
        }
        return false;
    }

    private void deliver(LetterTask task) {
        if (task.isOver()) {
            return;
        }
        try {
            channel(task.letter().exchange()).publish(task);
        } catch (IOException failure) {
            replaceIfBroken(failure);
            task.failed(failure);
        } catch (RuntimeException failure) {
            task.failed(failure);
        }
    }

    /**
     * What cannot be written to is broken, though its reader may not have heard of it yet, and until then the host's factory would
     * hand it out again.
     */
    private void replaceIfBroken(IOException failure) {
        LetterConnection current = connection;
        if (current != null && !(failure.getCause() instanceof ShutdownSignalException)) {
            current.abort();
        }
    }

    private LetterChannel channel(String exchange) throws IOException {
        LetterConnection current = connection;
        if (current == null || !current.isOpen()) {
            if (current != null) {
                current.release();
                channels.clear();
            }
            current = new LetterConnection(factory);
            connection = current;
        }
        current.checkNotBlocked();
        LetterChannel channel = channels.get(exchange);
        if (channel == null || !channel.isUsable()) {
            channel = current.open();
            channels.put(exchange, channel);
        }
        return channel;
    }

    /** What has been handed over is still sent, for as long as the timeout. */
    @Override
    public void close() {
        long end = System.nanoTime() + timeout.toNanos();
        thread.close(timeout);
        try {
            CompletableFuture.allOf(channels.values().stream()
                            .flatMap(channel -> channel.open().stream())
                            .map(task -> task.result().toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException toldAlready) {
            // Whoever has sent it knows.
        }
        channels.values().forEach(LetterChannel::close);
        LetterConnection last = connection;
        if (last != null) {
            last.release();
        }
    }
}
