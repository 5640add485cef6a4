package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.kafka.consumer.PartitionLeaveListener;
import io.github.resiliencestarter.kafka.consumer.Retention;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.delivery.Detour;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import io.github.resiliencestarter.messaging.delivery.LadderThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a dead letter to the broker; where that fails to the store; and where that fails too keeps it, pauses its partition,
 * raises the alarm, and tries again until somebody takes it. Until then its record is not committed. Thread-safe.
 */
public final class DeadLetterDispatch implements AutoCloseable {

    /** A fifth of Kafka's default poll interval. */
    private static final Duration BUDGET = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDispatch.class);

    private final LadderParts parts;
    private final ExecutorService executor;
    private final Duration budget;
    private final Map<ConsumerGuard, OpenLetters> guarded = new ConcurrentHashMap<>();
    private final OpenLetters unguarded;
    private final UnguardedLetters known;
    private final PartitionLeaveListener leaving = this::left;

    /** @param store where letters go that the broker does not take; asked for each of them, and may have none */
    public DeadLetterDispatch(
            DeadLetterTransport transport,
            Supplier<@Nullable DeadLetterStore> store,
            MessageObserver observer,
            DispatchSettings settings) {
        this(transport, store, observer, settings, BUDGET, CallClock.system(), LadderThreads.start());
    }

    /** @param budget how long after its last poll a consumer may wait for room; below {@code max.poll.interval.ms} */
    DeadLetterDispatch(
            DeadLetterTransport transport,
            Supplier<@Nullable DeadLetterStore> store,
            MessageObserver observer,
            DispatchSettings settings,
            Duration budget,
            CallClock clock,
            ExecutorService executor) {
        this.parts = new LadderParts(transport, store, observer, settings, clock, executor);
        this.executor = executor;
        this.budget = budget;
        this.unguarded = new OpenLetters(null, parts, budget);
        this.known = new UnguardedLetters(clock);
    }

    /** As {@link #send(DeadLetter, TopicPartition, long, ConsumerGuard, String)}, for a listener that is called like its group. */
    public Dispatch send(DeadLetter letter, TopicPartition partition, long offset, @Nullable ConsumerGuard guard) {
        return send(letter, partition, offset, guard, letter.source().group());
    }

    /**
     * Sends a letter, on the consumer's thread. Returns at once while fewer than the maximum are unconfirmed, and waits for room
     * otherwise. With a guard the caller has nothing more to do: the record may be acknowledged, and is committed when the letter
     * is taken. Without one the caller asks {@link Dispatch#await}, and as long as the answer is no it does not acknowledge the
     * record; the next {@link #known} or {@code send} for it finds the same dispatch.
     *
     * @param partition where the record was consumed, which may be a retry topic
     * @param guard null if the consumer has none, or commits by itself
     * @param listener the id of the listener's container, for people
     */
    public Dispatch send(
            DeadLetter letter, TopicPartition partition, long offset, @Nullable ConsumerGuard guard, String listener) {
        return send(letter, null, partition, offset, guard, listener);
    }

    /**
     * As {@link #send(DeadLetter, TopicPartition, long, ConsumerGuard, String)}, to a retry topic first: the letter is a dead one
     * only if that does not take it.
     */
    public Dispatch send(
            DeadLetter letter,
            @Nullable Detour detour,
            TopicPartition partition,
            long offset,
            @Nullable ConsumerGuard guard,
            String listener) {
        if (guard == null) {
            return known.computeIfAbsent(
                    letter,
                    detour,
                    partition,
                    offset,
                    dispatch -> start(unguarded, dispatch, partition, null, listener));
        }
        Retention retention = guard.retain(partition, offset);
        Dispatch dispatch = new Dispatch(letter, detour, () -> {});
        start(of(guard), dispatch, partition, retention, listener);
        return dispatch;
    }

    /** The letter of a record that was sent without a guard, and that nobody has been told is taken. Cheap where there is none. */
    public @Nullable Dispatch known(String group, TopicPartition partition, long offset) {
        return known.find(group, partition, offset);
    }

    /** Waits for what is in flight, as long as the broker may take to confirm. What nobody has taken then comes again after a restart. */
    @Override
    public void close() {
        List<OpenLetters> all = new ArrayList<>(guarded.values());
        all.add(unguarded);
        long end = System.nanoTime() + parts.settings().sendTimeout().toNanos();
        all.forEach(letters -> letters.awaitInFlight(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        int left = all.stream().mapToInt(OpenLetters::stop).sum();
        executor.shutdown();
        if (left > 0) {
            LOG.warn(
                    "{} dead letters were taken neither by the broker nor by the store; their records were not committed and come again",
                    left);
        }
    }

    private void start(
            OpenLetters letters,
            Dispatch dispatch,
            TopicPartition partition,
            @Nullable Retention retention,
            String listener) {
        RecordDelivery delivery = new RecordDelivery(parts, letters, dispatch, partition, retention, listener);
        letters.enter(delivery);
        delivery.send();
    }

    private OpenLetters of(ConsumerGuard guard) {
        return guarded.computeIfAbsent(guard, ignored -> {
            guard.onLeave(leaving);
            return new OpenLetters(guard, parts, budget);
        });
    }

    private void left(ConsumerGuard guard, Collection<TopicPartition> partitions) {
        OpenLetters letters = guarded.get(guard);
        if (letters != null) {
            letters.left(partitions);
            // Sends and leaves are both on the consumer's thread, so none can come in between.
            if (letters.isEmpty()) {
                guarded.remove(guard);
            }
        }
    }
}
