package io.github.resiliencestarter.test.conservation;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sends numbers at a steady pace, as long as not too many are unconfirmed, and notes which ones the broker has confirmed. */
final class Sender {

    /** What a late timer has cost is made up for; what an outage has cost is not, or there would be a flood after it. */
    private static final long MOST_MADE_UP_FOR = 10_000_000;

    private final Transport transport;
    private final Progress progress;
    private final long interval;
    private final int mostUnconfirmed;
    private final Semaphore window;
    private final Numbers acknowledged = new Numbers();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();

    Sender(Transport transport, Progress progress, int ratePerSecond, int mostUnconfirmed) {
        this.transport = transport;
        this.progress = progress;
        this.interval = 1_000_000_000 / ratePerSecond;
        this.mostUnconfirmed = mostUnconfirmed;
        this.window = new Semaphore(mostUnconfirmed);
    }

    /** Sends 1 to the number given; ends early if nothing is confirmed for as long as the patience lasts. */
    void send(long messages, Duration patience) throws InterruptedException {
        long next = System.nanoTime();
        for (long number = 1; number <= messages; number++) {
            progress.awaitPermission(number);
            if (!window.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            long now = System.nanoTime();
            LockSupport.parkNanos(next - now);
            next = Math.max(next, now - MOST_MADE_UP_FOR) + interval;
            send(number);
        }
    }

    private void send(long number) {
        CompletionStage<?> confirmation;
        try {
            confirmation = transport.send(number);
        } catch (RuntimeException e) {
            onAnswer(number, e);
            return;
        } finally {
            progress.onSent(number);
        }
        confirmation.whenComplete((value, failure) -> onAnswer(number, failure));
    }

    private void onAnswer(long number, @Nullable Throwable failure) {
        if (failure == null) {
            acknowledged.add(number);
        } else {
            firstFailure.compareAndSet(null, failure);
        }
        window.release();
    }

    /** Waits until each send has been confirmed or has failed, or the patience is at its end. */
    void awaitAnswers(Duration patience) throws InterruptedException {
        if (window.tryAcquire(mostUnconfirmed, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            window.release(mostUnconfirmed);
        }
    }

    Numbers acknowledged() {
        return acknowledged;
    }

    /** Why a send failed, if one did. */
    @Nullable
    Throwable firstFailure() {
        return firstFailure.get();
    }
}
