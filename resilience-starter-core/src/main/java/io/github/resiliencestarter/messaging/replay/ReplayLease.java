package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.ReplayStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The hold of this instance on a replay: renewed every second, together with what was sent. It ends when the replay is cancelled,
 * when the application stops, or when another instance has taken the replay. Used by one thread.
 */
final class ReplayLease {

    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    private final ReplayParts parts;
    private final ReplayStore store;
    private final BooleanSupplier stopping;
    private final Runnable meanwhile;
    private ReplayJob job;
    private long renewedAt;
    private long sent;
    private boolean fenced;

    /**
     * @param stopping whether the application stops
     * @param meanwhile what else this thread has to do from time to time
     */
    ReplayLease(ReplayParts parts, ReplayJob job, BooleanSupplier stopping, Runnable meanwhile) {
        this.parts = parts;
        this.store = parts.replays();
        this.stopping = stopping;
        this.meanwhile = meanwhile;
        this.job = job;
        this.renewedAt = parts.clock().nanoTime();
    }

    /** Counts a letter that the broker has confirmed. */
    void sent() {
        sent++;
    }

    /** Whether to go on; asks the store if that was not done for a second. */
    boolean holds() {
        if (job.status() == ReplayStatus.RUNNING && parts.clock().nanoTime() - renewedAt >= PERIOD) {
            renew();
            meanwhile.run();
        }
        return !fenced && job.status() == ReplayStatus.RUNNING && !stopping.getAsBoolean();
    }

    void renew() {
        long added = sent;
        Optional<ReplayJob> now =
                store.progress(job.id(), job.token(), added, parts.properties().lease());
        sent -= added;
        renewedAt = parts.clock().nanoTime();
        fenced = now.isEmpty();
        job = now.orElse(job);
    }

    /** Waits, and looks every now and then; whether to go on. */
    boolean pause(Duration time) throws InterruptedException {
        long until = parts.clock().nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - parts.clock().nanoTime()) {
            if (!holds()) {
                return false;
            }
            parts.clock().sleep(Math.min(left, PERIOD / 5));
        }
        return holds();
    }

    /**
     * Lets go of it, after all that was sent has its answer.
     *
     * @param end how it ends; null if it does not, and another instance may go on
     */
    void settle(@Nullable ReplayStatus end, @Nullable String note) {
        if (!fenced) {
            renew();
        }
        if (fenced) {
            return;
        }
        ReplayStatus ended = job.status() == ReplayStatus.RUNNING ? end : job.status();
        if (ended == null) {
            store.release(job.id(), job.token());
        } else if (store.end(job.id(), job.token(), ended, note)) {
            store.find(job.id()).ifPresent(parts.observer()::replayEnded);
        }
    }
}
