package io.github.resiliencestarter.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/** The way to Spring's event bus: only for events that somebody listens to, and without a way back to the call. Thread-safe. */
public final class ResilienceEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ResilienceEvents.class);

    private final ApplicationContext context;
    private final EventGate gate;
    private final Clock clock;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param clock tells the time of events */
    public ResilienceEvents(ApplicationContext context, Clock clock) {
        this.context = context;
        this.gate = new EventGate(context);
        this.clock = clock;
    }

    /** Whether it is worth making an event of this type. */
    boolean areWanted(Class<? extends ResilienceEvent> type) {
        return gate.isOpenFor(type);
    }

    Instant now() {
        return clock.instant();
    }

    /** A listener that fails says nothing about the call, so the call goes on; the log gets the first such failure. */
    void publish(ResilienceEvent event) {
        try {
            context.publishEvent(event);
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failure) {
            if (warned.compareAndSet(false, true)) {
                LOG.warn(
                        "A listener of {} failed; the call goes on, and further failures are logged at DEBUG",
                        event.getClass().getSimpleName(),
                        failure);
            } else {
                LOG.debug("A listener of {} failed", event.getClass().getSimpleName(), failure);
            }
        }
    }
}
