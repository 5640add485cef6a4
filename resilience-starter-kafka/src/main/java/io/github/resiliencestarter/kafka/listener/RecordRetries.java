package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.circuit.ClosedDoor;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.springframework.kafka.support.Acknowledgment;

/**
 * The slow path of a record: it has failed before, or is a replay, or its partition waits. The listener is called again in its own
 * thread, without the broker being asked; where the wait is too long for that, the partition is held at this record, and the
 * others go on. Thread-safe.
 */
final class RecordRetries implements SlowPath {

    private final Listening listening;
    private final RetryMemory memory;
    private final Doors doors;

    RecordRetries(Listening listening) {
        this.listening = listening;
        this.memory = listening.memory();
        this.doors = listening.doors();
    }

    @Override
    public boolean deliver(Delivery<?, ?> delivery) {
        long offset = delivery.record().offset();
        ConsumerGuard guard = listening.guard(delivery.consumer());
        if (guard != null && guard.isHeld(delivery.partition(), offset)) {
            delivery.leave();
            return false;
        }
        Remembered known = memory.find(delivery.partition(), offset);
        if (known == null) {
            if (listening.replays().isNotForUs(delivery.record(), listening.source(delivery.record()))) {
                delivery.skip();
                return false;
            }
            return firstAttempt(delivery);
        }
        listening.resumed(known.pause());
        if (known.givenUp() != null) {
            throw Thrown.forContainer(known.givenUp());
        }
        return furtherAttempts(delivery, NextAttempt.in(known.nanosToWait(), known));
    }

    private boolean firstAttempt(Delivery<?, ?> delivery) {
        if (!doors.admits()) {
            return holdBack(delivery, Remembered.untried(delivery.record().offset()));
        }
        try {
            attempt(delivery);
            return processed(delivery);
        } catch (Throwable thrown) {
            return afterFirstFailure(delivery, thrown);
        }
    }

    @Override
    public boolean afterFirstFailure(Delivery<?, ?> delivery, Throwable thrown) {
        Remembered untried = Remembered.untried(delivery.record().offset());
        return furtherAttempts(delivery, afterFailure(delivery, NextAttempt.in(0, untried), thrown));
    }

    private boolean furtherAttempts(Delivery<?, ?> delivery, NextAttempt first) {
        NextAttempt next = first;
        long took = 0;
        while (!next.isHeldBack() && waits(delivery, next, took)) {
            if (!doors.admits()) {
                return holdBack(delivery, next.failed());
            }
            long start = System.nanoTime();
            try {
                attempt(delivery);
                return processed(delivery);
            } catch (Throwable thrown) {
                took = System.nanoTime() - start;
                next = afterFailure(delivery, next, thrown);
            }
        }
        return next.isHeldBack() ? holdBack(delivery, next.failed()) : postpone(delivery, next);
    }

    private boolean waits(Delivery<?, ?> delivery, NextAttempt next, long took) {
        return listening.patience().waits(listening.guard(delivery.consumer()), next.waitNanos(), took);
    }

    /** When the next attempt is; throws if there is none. A door that was closed makes the last one no attempt at all. */
    private NextAttempt afterFailure(Delivery<?, ?> delivery, NextAttempt last, Throwable thrown) {
        Throwable failure = Thrown.bearable(thrown);
        ClosedDoor closed = doors.failed(delivery.record(), failure);
        if (closed != null) {
            return last.behind(closed);
        }
        Remembered failed = last.failed().again();
        RetryPolicy retry = listening.topic(delivery.record()).retry();
        if (!retry.allows(failed.attempts(), failure)) {
            memory.put(delivery.partition(), failed.givenUp(failure));
            throw Thrown.forContainer(failure);
        }
        Duration wait = retry.waitAfter(failed.attempts());
        listening.retried(delivery.record(), failed.attempts(), wait, failure);
        return NextAttempt.in(wait.toNanos(), failed);
    }

    private boolean processed(Delivery<?, ?> delivery) {
        memory.forget(delivery.partition(), delivery.record().offset());
        doors.passed(delivery.record());
        if (delivery.acknowledgment() == null) {
            resolved(delivery);
        }
        return true;
    }

    /** A listener that acknowledges by itself says only by that, perhaps later, that it has processed the record. */
    private void attempt(Delivery<?, ?> delivery) {
        Acknowledgment acknowledgment = delivery.acknowledgment();
        if (acknowledgment != null && listening.replays().isReplay(delivery.record())) {
            delivery.with(new ReplayAcknowledgment(acknowledgment, () -> resolved(delivery)))
                    .attempt();
        } else {
            delivery.attempt();
        }
    }

    private void resolved(Delivery<?, ?> delivery) {
        listening.replays().processed(delivery.record(), listening.source(delivery.record()));
    }

    /** Until the circuit is closed. What was counted before stays counted. */
    private boolean holdBack(Delivery<?, ?> delivery, Remembered failed) {
        if (failed.attempts() > 0) {
            memory.put(delivery.partition(), failed.dueAt(System.nanoTime(), null));
        } else {
            memory.forget(delivery.partition(), failed.offset());
        }
        ConsumerGuard guard = listening.guard(delivery.consumer());
        if (guard == null) {
            throw new NotYet();
        }
        doors.holdBack(guard, List.of(delivery.record()));
        delivery.leave();
        return false;
    }

    private boolean postpone(Delivery<?, ?> delivery, NextAttempt next) {
        ConsumerGuard guard = listening.guard(delivery.consumer());
        Pause pause = guard == null ? null : listening.pause(delivery.record(), next);
        memory.put(delivery.partition(), next.failed().dueAt(System.nanoTime() + next.waitNanos(), pause));
        if (guard == null || pause == null) {
            throw new NotYet();
        }
        guard.hold(delivery.partition(), next.failed().offset(), Duration.ofNanos(next.waitNanos()));
        listening.observer().paused(pause);
        delivery.leave();
        return false;
    }
}
