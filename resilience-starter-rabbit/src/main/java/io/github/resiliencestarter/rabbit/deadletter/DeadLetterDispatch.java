package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import io.github.resiliencestarter.messaging.delivery.LadderThreads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a dead letter to the broker; where that fails to the store; and where that fails too keeps it, stops its listener, raises
 * the alarm, and tries again until somebody takes it. Until then its message is not acknowledged. Thread-safe.
 */
public final class DeadLetterDispatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterDispatch.class);

    private final LadderParts parts;
    private final ExecutorService executor;
    private final Map<String, OpenLetters> listeners = new ConcurrentHashMap<>();

    /** @param store where letters go that the broker does not take; asked for each of them, and may have none */
    public DeadLetterDispatch(
            DeadLetterTransport transport,
            Supplier<@Nullable DeadLetterStore> store,
            MessageObserver observer,
            DispatchSettings settings) {
        this(transport, store, observer, settings, CallClock.system(), LadderThreads.start());
    }

    DeadLetterDispatch(
            DeadLetterTransport transport,
            Supplier<@Nullable DeadLetterStore> store,
            MessageObserver observer,
            DispatchSettings settings,
            CallClock clock,
            ExecutorService executor) {
        this.parts = new LadderParts(transport, store, observer, settings, clock, executor);
        this.executor = executor;
    }

    /** The letters of the listener of this container id; the same ones each time. To be looked up once, when it starts. */
    public OpenLetters listener(String listenerId) {
        return listeners.computeIfAbsent(listenerId, id -> new OpenLetters(id, parts));
    }

    /** Whether letters are still tried again; not after {@link #close}. */
    public boolean isOpen() {
        return !executor.isShutdown();
    }

    /**
     * To be called before the listeners stop, while the channels are open on which their messages can be acknowledged. Waits for what
     * is in flight, as long as the broker may take to confirm. What is given up from now on has no letter, and comes again.
     */
    public void drain() {
        listeners.values().forEach(OpenLetters::close);
        awaitInFlight();
    }

    private void awaitInFlight() {
        long end = System.nanoTime() + parts.settings().sendTimeout().toNanos();
        listeners
                .values()
                .forEach(letters -> letters.awaitInFlight(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }

    /** Waits for what is in flight, as long as the broker may take to confirm. What nobody has taken then comes again after a restart. */
    @Override
    public void close() {
        awaitInFlight();
        int left = listeners.values().stream().mapToInt(OpenLetters::stop).sum();
        executor.shutdown();
        if (left > 0) {
            LOG.warn(
                    "{} dead letters were taken neither by the broker nor by the store; their messages were not acknowledged and come again",
                    left);
        }
    }
}
