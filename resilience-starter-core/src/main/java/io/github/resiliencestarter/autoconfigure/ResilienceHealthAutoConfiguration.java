package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.operations.ResilienceHealth;
import io.github.resiliencestarter.operations.messages.PausedConsumers;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** What calls and listeners say about the health of the application. Each line of Boot has its own adapter, in a package of its own. */
@AutoConfiguration(after = {ResilienceAutoConfiguration.class, ResilienceMessagesAutoConfiguration.class})
@ConditionalOnBean({Pipelines.class, PausedConsumers.class})
@Conditional(OnHealthEnabled.class)
public class ResilienceHealthAutoConfiguration {

    @Bean
    ResilienceHealth resilienceHealth(
            Pipelines pipelines,
            PausedConsumers consumers,
            ResilienceProperties properties,
            Environment environment,
            PropertyOrigins origins) {
        List<String> ofHost = Binder.get(environment)
                .bind("management.endpoint.health.status.order", Bindable.listOf(String.class))
                .orElse(List.of());
        return new ResilienceHealth(
                pipelines, OpenCircuitStatus.of(properties.health().openCircuitStatus(), ofHost, origins), consumers);
    }
}
