package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.rabbit.RabbitResilience;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.context.SmartLifecycle;

/**
 * Protects all containers in the moment before the first of them starts: by then the host has customized them, so what it has
 * set is seen, and takes precedence.
 */
class ListenerStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenerStart.class);

    private final RabbitResilience resilience;
    private final ConsumedQueues queues;
    private final Supplier<? extends Collection<MessageListenerContainer>> containers;
    private final Runnable stopped;
    private volatile boolean started;

    /** @param stopped what is left to do when all containers have stopped */
    ListenerStart(
            RabbitResilience resilience,
            ConsumedQueues queues,
            Supplier<? extends Collection<MessageListenerContainer>> containers,
            Runnable stopped) {
        this.resilience = resilience;
        this.queues = queues;
        this.containers = containers;
        this.stopped = stopped;
    }

    /** Before everything else that starts, and after it when it stops. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void start() {
        Collection<MessageListenerContainer> all = containers.get();
        all.forEach(this::protect);
        queues.warnOfUnknown(all);
        started = true;
    }

    /** A container that was made when the others had started already. */
    void protectLate(MessageListenerContainer container) {
        if (started) {
            protect(container);
        }
    }

    private void protect(MessageListenerContainer container) {
        try {
            resilience.protect(container);
        } catch (IllegalStateException impossible) {
            log.warn("{}", impossible.getMessage());
        }
    }

    @Override
    public void stop() {
        started = false;
        stopped.run();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
