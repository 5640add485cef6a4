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

    private final Transport transport;
    private final int ratePerSecond;
    private final int mostUnconfirmed;
    private final Semaphore window;
    private final Numbers acknowledged = new Numbers();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private volatile long sent;

    Sender(Transport transport, int ratePerSecond, int mostUnconfirmed) {
        this.transport = transport;
        this.ratePerSecond = ratePerSecond;
        this.mostUnconfirmed = mostUnconfirmed;
        this.window = new Semaphore(mostUnconfirmed);
    }

    /** Sends 1 to the number given; ends early if nothing is confirmed for as long as the patience lasts. */
    void send(long messages, Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        for (long number = 1; number <= messages; number++) {
            LockSupport.parkNanos(start + number * 1_000_000_000 / ratePerSecond - System.nanoTime());
            if (!window.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            send(number);
        }
    }

    private void send(long number) {
        sent = number;
        CompletionStage<?> confirmation;
        try {
            confirmation = transport.send(number);
        } catch (RuntimeException e) {
            onAnswer(number, e);
            return;
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

    /** The number that was sent last. */
    long sent() {
        return sent;
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
