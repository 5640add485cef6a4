package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.delivery.LetterThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records in the order in which they come, from a thread of its own: a producer may block for metadata or for memory, and
 * whoever brings a dead letter is the thread of a listener, on which whole partitions wait. That one wakes the sender for the first
 * letter of some milliseconds, not for each: to wake a thread takes as long as to make a letter. Thread-safe.
 */
final class LetterSender implements AutoCloseable {

    /** How long the first letter waits for others. With the producer's own linger it is on its way after some 5 ms. */
    private static final Duration GATHER = Duration.ofMillis(4);

    private final Supplier<Producer<byte[], byte[]>> connect;
    private final TopicPartitions partitions;
    private final Duration timeout;
    private final LetterThread<Task> thread;
    /** What comes while the partitions of its topic are being asked for; only the thread touches it, until it is closed. */
    private final Map<String, Queue<Task>> waiting = new ConcurrentHashMap<>();

    /** Only the thread touches it, until it is closed. */
    private volatile @Nullable Producer<byte[], byte[]> producer;

    /** @param connect called at once, and again for a producer that can't be used any more */
    LetterSender(Supplier<Producer<byte[], byte[]>> connect, TopicPartitions partitions, Duration timeout) {
        this.connect = connect;
        this.producer = connect.get();
        this.partitions = partitions;
        this.timeout = timeout;
        this.thread = new LetterThread<>(
                GATHER,
                () -> true,
                this::accept,
                (task, closed) -> task.result().completeExceptionally(closed));
    }

    /** A record that may be sent in another, smaller form. */
    interface Form {

        ProducerRecord<byte[], byte[]> record(int partitions);

        /** Null if there is no smaller one. */
        @Nullable
        Form smaller();

        static Form of(IntFunction<ProducerRecord<byte[], byte[]>> record) {
            return new Form() {
                @Override
                public ProducerRecord<byte[], byte[]> record(int partitions) {
                    return record.apply(partitions);
                }

                @Override
                public @Nullable Form smaller() {
                    return null;
                }
            };
        }
    }

    private record Task(String topic, Form form, long deadline, CompletableFuture<Void> result) {}

    CompletionStage<Void> send(String topic, Form form) {
        Task task = new Task(topic, form, System.nanoTime() + timeout.toNanos(), new CompletableFuture<>());
        thread.add(task);
        return task.result();
    }

    private void run(Task task, Runnable step) {
        try {
            thread.execute(step);
        } catch (RejectedExecutionException closed) {
            task.result().completeExceptionally(closed);
        }
    }

    private void accept(Task task) {
        Queue<Task> others = waiting.get(task.topic());
        if (others != null) {
            others.add(task);
            return;
        }
        CompletableFuture<Integer> count = count(task.topic());
        if (count.isDone()) {
            deliver(task, count);
            return;
        }
        Queue<Task> queue = new ArrayDeque<>();
        queue.add(task);
        waiting.put(task.topic(), queue);
        // If the thread is closed meanwhile, whoever closes it fails what waits.
        count.whenComplete((any, failure) -> run(task, () -> {
            waiting.remove(task.topic());
            queue.forEach(each -> deliver(each, count));
        }));
    }

    /** Whatever is wrong comes as a failed future: the others that are gathered must not wait because of this topic. */
    private CompletableFuture<Integer> count(String topic) {
        try {
            return partitions.of(topic);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void deliver(Task task, CompletableFuture<Integer> count) {
        try {
            if (System.nanoTime() - task.deadline() > 0) {
                throw new TimeoutException("Not sent within %d ms, because others were waiting for the broker"
                        .formatted(timeout.toMillis()));
            }
            ProducerRecord<byte[], byte[]> record = task.form().record(count.join());
            send(task, record);
        } catch (CompletionException unknown) {
            task.result().completeExceptionally(unknown.getCause() == null ? unknown : unknown.getCause());
        } catch (RuntimeException refused) {
            task.result().completeExceptionally(refused);
        }
    }

    /** A producer that has lost its identity, or was denied one, throws for ever; the next one may be better off. */
    private void send(Task task, ProducerRecord<byte[], byte[]> record) {
        Producer<byte[], byte[]> current = producer == null ? connect.get() : producer;
        producer = current;
        try {
            current.send(record, (metadata, failure) -> settle(task, failure));
        } catch (KafkaException unusable) {
            producer = null;
            current.close(Duration.ZERO);
            throw unusable;
        }
    }

    /** On the producer's thread. */
    private void settle(Task task, @Nullable Exception failure) {
        Form smaller = failure instanceof RecordTooLargeException ? task.form().smaller() : null;
        if (failure == null) {
            task.result().complete(null);
        } else if (smaller != null) {
            Task next = new Task(task.topic(), smaller, task.deadline(), task.result());
            run(next, () -> accept(next));
        } else {
            partitions.forget(task.topic());
            task.result().completeExceptionally(failure);
        }
    }

    /** What has been handed over is still sent, for as long as the timeout. */
    @Override
    public void close() {
        thread.close(timeout);
        IllegalStateException closed = new IllegalStateException("The application is being stopped");
        waiting.values().forEach(queue -> queue.forEach(task -> task.result().completeExceptionally(closed)));
        Producer<byte[], byte[]> last = producer;
        if (last != null) {
            last.close(timeout);
        }
    }
}
