package io.github.resiliencestarter.kafka.consumer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition may be committed. Belongs to the consumer's thread; only the handles that it was given are changed by
 * others, and they change one way: a release that is seen late only means a commit that comes late.
 */
final class PartitionBarrier {

    private static final long NONE = Long.MAX_VALUE;
    private static final long UNKNOWN = -1;

    private final PriorityQueue<Retention> retentions =
            new PriorityQueue<>(Comparator.comparingLong(Retention::offset));
    private final List<Hold> holds = new ArrayList<>();
    private long ceiling = NONE;
    private long workedThrough = NONE;
    private long deliveredUntil;
    private @Nullable OffsetAndMetadata owed;
    private int unanswered;
    private long committed = UNKNOWN;

    void add(Retention retention) {
        retentions.add(retention);
    }

    /**
     * What comes again is not owed: it is committed when it has been processed. A container may count the acknowledgments of what
     * was passed over, and commit them when the hold is over, and some of it is still to come. So until all of it has come again
     * nothing is committed beyond what was worked through by then.
     *
     * @param position up to where the partition was delivered before
     */
    void add(Hold hold, long position) {
        holds.add(hold);
        workedThrough = Math.min(workedThrough, hold.offset());
        deliveredUntil = Math.max(deliveredUntil, position);
        if (owed != null) {
            owed = atMost(hold.offset(), owed);
        }
    }

    /** The container polls, so it has worked through all that was delivered before this position. */
    void polls(long position) {
        if (position < deliveredUntil) {
            workedThrough = position;
        } else {
            workedThrough = NONE;
            deliveredUntil = 0;
        }
    }

    boolean comesAgain() {
        return workedThrough != NONE;
    }

    /** Until {@link #raiseCeiling()} nothing beyond this is committed, nor owed. */
    void lowerCeiling(long offset) {
        ceiling = offset;
    }

    boolean hasCeiling() {
        return ceiling != NONE;
    }

    /** At least to this offset. */
    void liftCeiling(long offset) {
        ceiling = Math.max(ceiling, offset);
    }

    void raiseCeiling() {
        ceiling = NONE;
    }

    /**
     * How much of what is asked may be committed. What is asked beyond a retention is owed from now on; the latest wish counts.
     *
     * @return null if that would not move the partition forward
     */
    @Nullable
    OffsetAndMetadata admit(OffsetAndMetadata asked) {
        OffsetAndMetadata wanted = atMost(Math.min(heldFrom(), ceiling), asked);
        OffsetAndMetadata allowed = atMost(Math.min(retainedFrom(), workedThrough), wanted);
        owed = allowed.offset() < wanted.offset() ? wanted : null;
        if (allowed.offset() < asked.offset() && allowed.offset() <= committed) {
            return null;
        }
        committed = allowed.offset();
        return allowed;
    }

    /** How much of what is owed may be committed now; null for nothing new. */
    @Nullable
    OffsetAndMetadata due() {
        return owed == null ? null : admit(owed);
    }

    /** The broker was asked to commit what was owed, and will answer. */
    void asked() {
        unanswered++;
    }

    void answered(OffsetAndMetadata offset, boolean taken) {
        unanswered--;
        if (!taken) {
            failed();
            if (owed == null) {
                owed = atMost(heldFrom(), offset);
            }
        }
    }

    /** A commit has failed, so how far the partition is committed is not known. */
    void failed() {
        committed = UNKNOWN;
    }

    boolean isOwing() {
        return owed != null || unanswered > 0;
    }

    boolean isIdle() {
        return retainedFrom() == NONE && holds.isEmpty() && !comesAgain() && ceiling == NONE && !isOwing();
    }

    boolean isHolding() {
        return !holds.isEmpty();
    }

    /** Nanoseconds until the last hold may end; a partition without holds has nothing to wait for. */
    long remaining(long now) {
        long longest = 0;
        for (Hold hold : holds) {
            longest = Math.max(longest, hold.remaining(now));
        }
        return longest;
    }

    void endHolds() {
        holds.clear();
    }

    long heldFrom() {
        long lowest = NONE;
        for (Hold hold : holds) {
            lowest = Math.min(lowest, hold.offset());
        }
        return lowest;
    }

    long retainedFrom() {
        for (Retention lowest = retentions.peek(); lowest != null; lowest = retentions.peek()) {
            if (!lowest.isReleased()) {
                return lowest.offset();
            }
            retentions.poll();
        }
        return NONE;
    }

    /** The first record that will come again to whoever gets the partition; {@link Long#MAX_VALUE} for none. */
    long unsafeFrom() {
        return Math.min(retainedFrom(), Math.min(heldFrom(), workedThrough));
    }

    boolean isAwaited() {
        return retentions.stream().anyMatch(Retention::isAwaited);
    }

    void doNotAwait() {
        retentions.forEach(Retention::doNotAwait);
    }

    private static OffsetAndMetadata atMost(long limit, OffsetAndMetadata asked) {
        return asked.offset() <= limit ? asked : new OffsetAndMetadata(limit, Optional.empty(), asked.metadata());
    }
}
