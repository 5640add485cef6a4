package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.messaging.companion.CompanionPreparation;
import io.github.resiliencestarter.rabbit.deadletter.CompanionQueues;
import io.github.resiliencestarter.rabbit.deadletter.SourceQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.context.SmartLifecycle;

/**
 * Sees to the exchanges and queues beside those of all listeners that we protect, before the first of them starts, and again when
 * a connection was lost: a broker that has lost its data forgets them with it.
 */
class DeadLetterQueuesStart implements SmartLifecycle, ConnectionListener {

    /** A start that waits longer for a broker that is down would be noticed; it is asked again in the background. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Supplier<? extends Collection<String>> queues;
    private final CompanionQueues broker;
    private final ConnectionFactory connections;
    private final Function<String, List<Duration>> delays;
    private volatile @Nullable CompanionPreparation<SourceQueue> preparation;

    /**
     * @param queues those that we protect
     * @param delays those of a queue
     */
    DeadLetterQueuesStart(
            Supplier<? extends Collection<String>> queues,
            CompanionQueues broker,
            ConnectionFactory connections,
            Function<String, List<Duration>> delays) {
        this.queues = queues;
        this.broker = broker;
        this.connections = connections;
        this.delays = delays;
    }

    /** After listeners are protected, and before they consume. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1;
    }

    @Override
    public void start() {
        CompanionPreparation<SourceQueue> made =
                new CompanionPreparation<>("queues", this::listened, broker::prepare, all -> {}, PATIENCE, PAUSE);
        made.start();
        connections.addConnectionListener(this); // is told of the connection that is there
        preparation = made;
    }

    private Collection<SourceQueue> listened() {
        return queues.get().stream()
                .map(queue -> new SourceQueue(queue, delays.apply(queue)))
                .toList();
    }

    @Override
    public void onCreate(@Nullable Connection connection) {
        CompanionPreparation<SourceQueue> started = preparation;
        if (started != null) {
            started.again();
        }
    }

    @Override
    public void stop() {
        CompanionPreparation<SourceQueue> last = preparation;
        preparation = null;
        connections.removeConnectionListener(this);
        if (last != null) {
            last.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return preparation != null;
    }
}
