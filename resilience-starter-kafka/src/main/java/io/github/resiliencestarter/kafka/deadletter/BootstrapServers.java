package io.github.resiliencestarter.kafka.deadletter;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Where a client of the host's first asks for its cluster. Immutable.
 *
 * @param addresses empty if it is not known
 */
public record BootstrapServers(Set<String> addresses) {

    /** @param settings of a producer, a consumer or an admin of the host */
    public static BootstrapServers of(Map<String, ?> settings) {
        Object value = settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        Stream<?> given = value instanceof Collection<?> several ? several.stream() : Stream.ofNullable(value);
        return new BootstrapServers(
                given.flatMap(each -> Arrays.stream(each.toString().split(",")))
                        .map(address -> address.trim().toLowerCase(Locale.ROOT))
                        .filter(address -> !address.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether they have no address in common. That may be one cluster all the same: {@link #clusterId} says it. */
    public boolean areApartFrom(BootstrapServers others) {
        return !addresses.isEmpty() && !others.addresses.isEmpty() && Collections.disjoint(addresses, others.addresses);
    }

    /** Which cluster a client with these settings reaches; null if it does not answer in time. */
    public static @Nullable String clusterId(Map<String, ?> settings, Duration timeout) {
        try (Admin admin = Admin.create(ClientSettings.admin(settings, timeout))) {
            return admin.describeCluster().clusterId().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException | KafkaException unknown) {
            return null;
        }
    }

    @Override
    public String toString() {
        return addresses.stream().sorted().collect(Collectors.joining(","));
    }
}
