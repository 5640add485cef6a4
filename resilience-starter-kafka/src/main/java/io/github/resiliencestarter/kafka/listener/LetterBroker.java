package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.BootstrapServers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/** Where dead letters are sent to. Those of a container that consumes from another cluster would go astray. Thread-safe. */
public final class LetterBroker {

    private static final Logger log = LoggerFactory.getLogger(LetterBroker.class);

    /** The start waits for it, where addresses alone do not say whether two clients mean the same cluster. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, ?> connection;
    private final BootstrapServers ours;
    private final Function<Map<String, ?>, @Nullable String> clusters;
    private final Map<BootstrapServers, Optional<String>> asked = new ConcurrentHashMap<>();

    /** @param connection settings of the host's client by whose connection letters are sent */
    public LetterBroker(Map<String, ?> connection) {
        this(connection, settings -> BootstrapServers.clusterId(settings, PATIENCE));
    }

    LetterBroker(Map<String, ?> connection, Function<Map<String, ?>, @Nullable String> clusters) {
        this.connection = connection;
        this.ours = BootstrapServers.of(connection);
        this.clusters = clusters;
    }

    /** Why the letters of this container would not be found beside its topics; null if they are. */
    @Nullable
    String reasonToStandBack(AbstractMessageListenerContainer<?, ?> container) {
        ContainerSettings settings = ContainerSettings.of(container);
        return settings == null ? null : reasonToStandBack(settings.consumer());
    }

    @Nullable
    String reasonToStandBack(Map<String, ?> consumer) {
        BootstrapServers theirs = BootstrapServers.of(consumer);
        if (!theirs.areApartFrom(ours)) {
            return null;
        }
        Optional<String> theirCluster = cluster(theirs, consumer);
        Optional<String> ourCluster = cluster(ours, connection);
        if (theirCluster.isEmpty() || ourCluster.isEmpty()) {
            log.warn(
                    "Whether {} and {} are the same cluster could not be asked within {}. If they are not, dead letters of the first go to the second",
                    theirs,
                    ours,
                    PATIENCE);
            return null;
        }
        return theirCluster.equals(ourCluster)
                ? null
                : "it consumes from the cluster at %s, and dead letters are sent to that at %s. Mark that ConsumerFactory as @Primary whose listeners are to be protected"
                        .formatted(theirs, ours);
    }

    private Optional<String> cluster(BootstrapServers servers, Map<String, ?> settings) {
        return asked.computeIfAbsent(servers, any -> Optional.ofNullable(clusters.apply(settings)));
    }
}
