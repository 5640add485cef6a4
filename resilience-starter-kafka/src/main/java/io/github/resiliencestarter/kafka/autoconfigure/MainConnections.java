package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.kafka.deadletter.BootstrapServers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.core.ConsumerFactory;

/** By whose connection letters are sent, made room for and parked: in the cluster that their sources come from. */
final class MainConnections {

    private MainConnections() {}

    /** That of the only consumer factory, or the primary one; of the first one where none is. */
    static Map<String, Object> of(ObjectProvider<ConsumerFactory<?, ?>> all) {
        ConsumerFactory<?, ?> main = all.getIfUnique();
        return (main == null ? all.orderedStream().findFirst().orElseThrow() : main).getConfigurationProperties();
    }

    /** @param own of the host's client for just that, which knows more; null if there is none. It may be for another cluster */
    static Map<String, ?> of(ObjectProvider<ConsumerFactory<?, ?>> all, @Nullable Map<String, ?> own) {
        Map<String, ?> main = of(all);
        return own == null || BootstrapServers.of(own).areApartFrom(BootstrapServers.of(main)) ? main : own;
    }
}
