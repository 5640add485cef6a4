package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.messaging.DeadLetter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A dead letter on its way to whoever takes it. Thread-safe. */
public final class Dispatch {

    private final DeadLetter letter;
    private final @Nullable Detour detour;
    private final Runnable told;
    private final CountDownLatch taken = new CountDownLatch(1);

    /**
     * @param detour null for none
     * @param told what to do when somebody has waited, and knows that it is taken
     */
    public Dispatch(DeadLetter letter, @Nullable Detour detour, Runnable told) {
        this.letter = letter;
        this.detour = detour;
        this.told = told;
    }

    public DeadLetter letter() {
        return letter;
    }

    /** Where it is tried first; null for where dead letters are. */
    @Nullable
    Detour detour() {
        return detour;
    }

    /** Whether the broker or the store has it, so that its message may be acknowledged. */
    public boolean isTaken() {
        return taken.getCount() == 0;
    }

    /**
     * Waits until the broker or the store has it. Who hears that it is taken acknowledges its message. An
     * interrupt ends the wait, and stays.
     *
     * @return false if it is not taken yet
     */
    public boolean await(Duration most) {
        try {
            if (!taken.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        told.run();
        return true;
    }

    void taken() {
        taken.countDown();
    }
}
