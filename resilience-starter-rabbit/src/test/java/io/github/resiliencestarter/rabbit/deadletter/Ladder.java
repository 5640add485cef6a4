package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.Detour;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A dispatch on virtual time, with all that it climbs: a broker that answers by hand, and a store that may be down or absent. */
final class Ladder {

    final VirtualTime time = new VirtualTime();
    final ManualTransport transport = new ManualTransport();
    final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore(time.clock());
    final ObservedMessages observed = new ObservedMessages();
    final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    final DeadLetterDispatch dispatch;
    final OpenLetters letters;
    boolean storeIsDown;
    boolean storeIsAbsent;
    volatile boolean running = true;

    Ladder() {
        this(1_000);
    }

    Ladder(int maxInFlight) {
        Backoff exact = new Backoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30), 0);
        dispatch = new DeadLetterDispatch(
                transport,
                this::store,
                observed,
                new DispatchSettings(Duration.ofSeconds(10), maxInFlight, exact),
                time,
                time.scheduledExecutor());
        letters = dispatch.listener("listener");
    }

    private @Nullable DeadLetterStore store() {
        if (storeIsDown) {
            throw new IllegalStateException("the database is down");
        }
        return storeIsAbsent ? null : store;
    }

    void send(int message) {
        send(message, null);
    }

    void send(int message, @Nullable Detour detour) {
        letters.send(letter(message), detour, () -> acknowledged.add(message), () -> running);
    }

    static DeadLetter letter(int message) {
        return new DeadLetter(
                "m" + message,
                new Source.Queue("orders", "shop", "order.placed"),
                null,
                new byte[] {1},
                Headers.of(),
                Failure.of(new IllegalStateException("no stock")),
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                null);
    }
}
