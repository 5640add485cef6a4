package io.github.resiliencestarter.samples.orders.story;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what must happen soon. */
final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Patience() {}

    /** @throws IllegalStateException if it has not happened within a minute */
    static void until(String what, BooleanSupplier happened) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("The story has come to a halt: " + what + " has not happened within "
                        + LIMIT.toSeconds() + " s");
            }
            sleep(LOOK_EVERY);
        }
    }

    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The story was interrupted", e);
        }
    }
}
