package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slow path of a record: it has failed before, or is a replay, or its partition waits. The listener is called again in its own
 * thread, without the broker being asked; where the wait is too long for that, the partition is held at this record, and the
 * others go on. Thread-safe.
 */
final class RecordRetries {

    private static final Logger log = LoggerFactory.getLogger(RecordRetries.class);

    private final Listening listening;
    private final RetryMemory memory;

    RecordRetries(Listening listening) {
        this.listening = listening;
        this.memory = listening.memory();
    }

    /**
     * Something may be known about this record.
     *
     * @return whether it was processed; if not, it comes again, or is not for us
     * @throws RuntimeException it is given up
     */
    boolean deliver(Delivery<?, ?> delivery) {
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
        return furtherAttempts(delivery, known, known.nanosToWait());
    }

    private boolean firstAttempt(Delivery<?, ?> delivery) {
        try {
            delivery.attempt();
            return processed(delivery);
        } catch (Throwable thrown) {
            return afterFirstFailure(delivery, thrown);
        }
    }

    /**
     * The listener was called for this record for the first time, and has failed.
     *
     * @return whether a further attempt has processed it; if not, it comes again
     * @throws RuntimeException it is given up
     */
    boolean afterFirstFailure(Delivery<?, ?> delivery, Throwable thrown) {
        Remembered failed = Remembered.firstTime(delivery.record().offset());
        return furtherAttempts(delivery, failed, nanosToNext(delivery, failed, thrown));
    }

    private boolean furtherAttempts(Delivery<?, ?> delivery, Remembered before, long firstWait) {
        Remembered failed = before;
        long wait = firstWait;
        long took = 0;
        while (listening.patience().waits(listening.guard(delivery.consumer()), wait, took)) {
            long start = System.nanoTime();
            try {
                delivery.attempt();
                return processed(delivery);
            } catch (Throwable thrown) {
                took = System.nanoTime() - start;
                failed = failed.again();
                wait = nanosToNext(delivery, failed, thrown);
            }
        }
        postpone(delivery, failed, wait);
        return false;
    }

    /** How long until the next attempt; throws if there is none. */
    private long nanosToNext(Delivery<?, ?> delivery, Remembered failed, Throwable thrown) {
        Throwable failure = Thrown.bearable(thrown);
        RetryPolicy retry = listening.topic(delivery.record()).retry();
        if (!retry.allows(failed.attempts(), failure)) {
            memory.put(delivery.partition(), failed.givenUp(failure));
            throw Thrown.forContainer(failure);
        }
        Duration wait = retry.waitAfter(failed.attempts());
        retried(delivery, failed.attempts(), wait, failure);
        return wait.toNanos();
    }

    private boolean processed(Delivery<?, ?> delivery) {
        memory.forget(delivery.partition(), delivery.record().offset());
        listening.replays().processed(delivery.record(), listening.source(delivery.record()));
        return true;
    }

    private void postpone(Delivery<?, ?> delivery, Remembered failed, long wait) {
        ConsumerGuard guard = listening.guard(delivery.consumer());
        Pause pause = guard == null ? null : listening.pause(delivery.record(), wait);
        memory.put(delivery.partition(), failed.dueAt(System.nanoTime() + wait, pause));
        if (guard == null || pause == null) {
            throw new NotYet();
        }
        guard.hold(delivery.partition(), failed.offset(), Duration.ofNanos(wait));
        listening.observer().paused(pause);
        delivery.leave();
    }

    private void retried(Delivery<?, ?> delivery, int made, Duration wait, Throwable failure) {
        listening.observer().retried(listening.source(delivery.record()), made, failure);
        log.debug(
                "Attempt {} for {} at offset {} failed, the next one is due in {} ms",
                made,
                delivery.partition(),
                delivery.record().offset(),
                wait.toMillis(),
                failure);
    }
}
