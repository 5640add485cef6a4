package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.call.DaemonThreads;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Dead letters that are sent by whatever thread a future failed on, and watched until somebody has them. Thread-safe. */
final class LettersAside {

    private static final long OFTEN_MILLIS = 20;
    private static final long SELDOM_MILLIS = 1000;

    /** One for the JVM: it only looks, and asks the broker for bytes that are not at hand. */
    private static final ScheduledExecutorService WATCH =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("resilience-async-letters"));

    private LettersAside() {}

    /**
     * @param send null if it cannot be sent yet
     * @param goesOn false when its container has stopped: the record was not acknowledged, and comes again
     */
    static void send(Supplier<@Nullable Dispatch> send, BooleanSupplier goesOn, Runnable taken) {
        WATCH.execute(() -> {
            Dispatch sent = goesOn.getAsBoolean() ? send.get() : null;
            if (sent != null) {
                watch(sent, goesOn, taken);
            } else if (goesOn.getAsBoolean()) {
                WATCH.schedule(() -> send(send, goesOn, taken), SELDOM_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private static void watch(Dispatch sent, BooleanSupplier goesOn, Runnable taken) {
        if (sent.isTaken() && sent.await(Duration.ZERO)) {
            taken.run();
        } else if (goesOn.getAsBoolean()) {
            WATCH.schedule(() -> watch(sent, goesOn, taken), OFTEN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
