package io.github.resiliencestarter.kafka.consumer;

import io.github.resiliencestarter.call.CallClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a listener container and its consumer. No offset is committed at or beyond a record that is not safe yet
 * ({@link #retain}), a record can come again later without holding up other partitions ({@link #hold}), and a pause of ours is
 * never mixed up with one of the container's ({@link #pause}).
 *
 * <p>A method belongs to the thread that polls the consumer, unless it says otherwise; the handles that they return may be used
 * by any thread. With {@code enable.auto.commit=true}, and in transactions, offsets do not pass through here: nothing is retained.
 */
public final class ConsumerGuard {

    private static final ThreadLocal<@Nullable ConsumerGuard> CURRENT = new ThreadLocal<>();
    private static final long LONGEST_POLL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);

    private final Consumer<?, ?> consumer;
    private final GuardSettings settings;
    private final CallClock clock;
    private final CommitBarrier barrier = new CommitBarrier();
    private final LastCommits lastCommits;
    private final PartitionPauses pauses;
    private final Set<PartitionLeaveListener> listeners = new CopyOnWriteArraySet<>();
    private volatile long polledAt;

    /** Asked for each record while any dead letter is on its way, so it is a flag; false only if there is no hold. */
    private boolean mayHold;

    private final Set<PollFilter> filters = new CopyOnWriteArraySet<>();

    private ConsumerGuard(Consumer<?, ?> consumer, GuardSettings settings, CallClock clock) {
        this.consumer = consumer;
        this.settings = settings;
        this.clock = clock;
        this.lastCommits = new LastCommits(consumer, barrier, settings.commitTimeout());
        this.pauses = new PartitionPauses(consumer);
        this.polledAt = clock.nanoTime();
    }

    /** Guards the consumer, as {@link GuardSettings#DEFAULT}; the same if it is guarded already. */
    public static <K, V> Consumer<K, V> guard(Consumer<K, V> consumer) {
        return guard(consumer, GuardSettings.DEFAULT);
    }

    /** Guards the consumer; the same if it is guarded already. */
    public static <K, V> Consumer<K, V> guard(Consumer<K, V> consumer, GuardSettings settings) {
        return guard(consumer, settings, CallClock.system());
    }

    @SuppressWarnings("unchecked") // a proxy of the same interface around the same consumer
    static <K, V> Consumer<K, V> guard(Consumer<K, V> consumer, GuardSettings settings, CallClock clock) {
        if (of(consumer) != null) {
            return consumer;
        }
        ConsumerGuard guard = new ConsumerGuard(consumer, settings, clock);
        return (Consumer<K, V>) Proxy.newProxyInstance(
                ConsumerGuard.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                new GuardedConsumer(consumer, guard));
    }

    /** The guard of this consumer; null if it is not guarded, or hidden behind a wrapper of somebody else's. Any thread. */
    public static @Nullable ConsumerGuard of(Consumer<?, ?> consumer) {
        return Proxy.isProxyClass(consumer.getClass())
                        && Proxy.getInvocationHandler(consumer) instanceof GuardedConsumer guarded
                ? guarded.guard()
                : null;
    }

    /** The guard of the consumer that this thread polled last, whatever is wrapped around it; null if there is none. */
    public static @Nullable ConsumerGuard current() {
        return CURRENT.get();
    }

    /**
     * From now on nothing beyond this offset is committed, so that its record comes again after a crash. What the container
     * asks to commit beyond it is owed, and committed soon after the release.
     */
    public Retention retain(TopicPartition partition, long offset) {
        Retention retention = new Retention(partition, offset);
        barrier.of(partition).add(retention);
        return retention;
    }

    /**
     * The record at this offset, and all after it in its partition, come again later. Until then the partition is paused, and
     * nothing beyond this offset is committed, whatever is asked: whoever works through the records of the last poll passes over
     * those that {@linkplain #isHeld are held}, and acknowledges them. Of several holds of a partition the lowest offset counts,
     * and all must end. If the container has paused the partition too, the hold ends after that pause.
     *
     * @param delay after which it ends by itself; null for not until it is released
     */
    public Hold hold(TopicPartition partition, long offset, @Nullable Duration delay) {
        Hold hold = delay == null
                ? Hold.untilReleased(partition, offset)
                : Hold.forNanos(partition, offset, clock.nanoTime(), delay.toNanos());
        mayHold = true;
        if (consumer.assignment().contains(partition)) {
            barrier.of(partition).add(hold, consumer.position(partition));
            rewind(partition, offset);
            applyPauses();
        } else {
            barrier.of(partition).add(hold, 0);
        }
        return hold;
    }

    /** Whether the record in hand will come again, and is to be passed over. */
    public boolean isHeld(TopicPartition partition, long offset) {
        return !barrier.isOpen() && offset >= barrier.heldFrom(partition);
    }

    /** Whether any record is held. */
    public boolean holdsAny() {
        return mayHold && barrier.isHolding();
    }

    /** Pauses a partition with the next poll, until the handle is resumed. Any thread. */
    public OwnedPause pause(TopicPartition partition) {
        return pauses.own(partition);
    }

    /** Pauses all partitions with the next poll, those that will be assigned included, until the handle is resumed. Any thread. */
    public OwnedPause pauseAll() {
        return pauses.own(null);
    }

    /** Nanoseconds since the last poll returned: how much of {@code max.poll.interval.ms} is used up. Any thread. */
    public long nanosSincePoll() {
        return clock.nanoTime() - polledAt;
    }

    /** Tells this listener when partitions leave; told once however often it is added. Any thread. */
    public void onLeave(PartitionLeaveListener listener) {
        listeners.add(listener);
    }

    /** From the next poll on the container sees what this leaves of what earlier filters leave; added once. Any thread. */
    public void filter(PollFilter polls) {
        filters.add(polls);
    }

    /** The record at this offset, and all after it in its partition, come again with the next poll. In a {@link PollFilter}. */
    public void readAgain(TopicPartition partition, long offset) {
        rewind(partition, offset);
    }

    Object filtered(Object polled) {
        ConsumerRecords<?, ?> left = (ConsumerRecords<?, ?>) polled;
        for (PollFilter polls : filters) {
            left = polls.filter(this, left);
        }
        return left;
    }

    /** @return how long the poll may last, in nanoseconds: not long while something waits for the next one */
    long beforePoll(long nanos) {
        CURRENT.set(this);
        if (barrier.isOpen() && pauses.isQuiet()) {
            return nanos;
        }
        barrier.raiseCeilings();
        long next = endHolds();
        mayHold = barrier.isHolding();
        applyPauses();
        lastCommits.commitAsync();
        barrier.prune();
        boolean waiting = !pauses.isQuiet() || barrier.isOwing();
        return waiting ? Math.min(nanos, Math.min(next, LONGEST_POLL)) : nanos;
    }

    void afterPoll() {
        polledAt = clock.nanoTime();
        if (!barrier.isOpen()) {
            barrier.liftCeilings(
                    partition -> consumer.assignment().contains(partition) ? consumer.position(partition) : 0);
        }
    }

    boolean isOpen() {
        return barrier.isOpen();
    }

    PartitionPauses pauses() {
        return pauses;
    }

    Map<TopicPartition, OffsetAndMetadata> admit(Map<TopicPartition, OffsetAndMetadata> asked) {
        return barrier.admit(asked);
    }

    void commitFailed(Collection<TopicPartition> asked) {
        barrier.failed(asked);
    }

    void applyPauses() {
        pauses.apply(partition -> barrier.heldFrom(partition) != Long.MAX_VALUE);
    }

    /** Waits until no retention of these partitions is open that is worth waiting for; those that are then, never are again. */
    void awaitRetentions(Collection<TopicPartition> partitions) {
        long start = clock.nanoTime();
        try {
            while (barrier.isAwaited(partitions)
                    && clock.nanoTime() - start < settings.settle().toNanos()) {
                clock.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        barrier.doNotAwait(partitions);
    }

    /** During a poll, which still ends when it has been woken up. */
    void commitOwed(Collection<TopicPartition> partitions) {
        if (lastCommits.commitSync(partitions)) {
            consumer.wakeup();
        }
    }

    void leave(Collection<TopicPartition> partitions) {
        barrier.forget(partitions);
        pauses.forget(partitions);
        for (PartitionLeaveListener listener : listeners) {
            listener.onLeave(this, partitions);
        }
    }

    /** These partitions are about to leave without a rebalance, or with one that will find nothing more to do. */
    void settle(Collection<TopicPartition> partitions) {
        awaitRetentions(partitions);
        lastCommits.commitSync(partitions);
    }

    void closed() {
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
    }

    /** @return nanoseconds until the next hold is due */
    private long endHolds() {
        long now = clock.nanoTime();
        long next = Long.MAX_VALUE;
        Set<TopicPartition> assigned = consumer.assignment();
        for (Map.Entry<TopicPartition, PartitionBarrier> entry : barrier.all().entrySet()) {
            TopicPartition partition = entry.getKey();
            PartitionBarrier state = entry.getValue();
            if (!state.comesAgain()) {
                continue;
            }
            long remaining = state.remaining(now);
            if (remaining > 0) {
                next = Math.min(next, remaining);
            } else if (!pauses.isPausedByContainer(partition)) {
                // A container that has paused may still have records of before, which must be passed over.
                if (!assigned.contains(partition)) {
                    state.polls(Long.MAX_VALUE);
                } else {
                    if (state.isHolding()) {
                        rewind(partition, state.heldFrom());
                    }
                    state.polls(consumer.position(partition));
                }
                state.endHolds();
            }
        }
        return next;
    }

    /** Back to this offset, also if the container has sought beyond it since: what is held must come again. */
    private void rewind(TopicPartition partition, long offset) {
        if (consumer.position(partition) > offset) {
            consumer.seek(partition, offset);
        }
    }
}
