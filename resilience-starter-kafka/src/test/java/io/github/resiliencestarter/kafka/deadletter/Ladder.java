package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.GuardedMock;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A dispatch on virtual time, with all that it climbs: a broker that answers by hand, and a store that may be down or absent. */
final class Ladder {

    final VirtualTime time = new VirtualTime();
    final ManualTransport transport = new ManualTransport();
    final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore(time.clock());
    final ObservedMessages observed = new ObservedMessages();
    final GuardedMock mock = new GuardedMock();
    final DeadLetterDispatch dispatch;
    boolean storeIsDown;
    boolean storeIsAbsent;

    Ladder() {
        this(1_000, Duration.ofMinutes(1));
    }

    Ladder(int maxInFlight, Duration budget) {
        Backoff exact = new Backoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30), 0);
        dispatch = new DeadLetterDispatch(
                transport,
                this::store,
                observed,
                new DispatchSettings(Duration.ofSeconds(10), maxInFlight, exact),
                budget,
                time,
                time.scheduledExecutor());
        mock.poll(GuardedMock.ONE);
    }

    private @Nullable DeadLetterStore store() {
        if (storeIsDown) {
            throw new IllegalStateException("the database is down");
        }
        return storeIsAbsent ? null : store;
    }

    Dispatch send(TopicPartition partition, long offset) {
        return send(partition, offset, mock.guard);
    }

    Dispatch send(TopicPartition partition, long offset, @Nullable ConsumerGuard guard) {
        return dispatch.send(letter(partition, offset), partition, offset, guard, "listener");
    }

    /** How far the partition is committed when its container has asked for all ten records, and polled. */
    long committed(TopicPartition partition) {
        mock.commit(partition, 10);
        mock.poll(partition);
        return mock.committed(partition);
    }

    boolean isPaused(TopicPartition partition) {
        mock.poll(partition);
        return mock.broker.paused().contains(partition);
    }

    static DeadLetter letter(TopicPartition partition, long offset) {
        return new DeadLetter(
                partition.partition() + "@" + offset,
                new Source.Topic("group", partition.topic(), partition.partition(), offset),
                null,
                new byte[] {1},
                Headers.of(),
                Failure.of(new IllegalStateException("no stock")),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                null);
    }
}
