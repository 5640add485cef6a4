package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Gives calls the faults of the properties, and stops the start of an application in production that could inject any. */
final class Chaos {

    private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);

    private final ChaosProperties properties;

    Chaos(ChaosProperties properties, Environment environment, @Nullable CallFaults faults) {
        this.properties = properties;
        if (properties.enabled() || faults != null) {
            for (String profile : environment.getActiveProfiles()) {
                if (properties.productionProfiles().stream().anyMatch(profile::equalsIgnoreCase)) {
                    throw refusal(profile);
                }
            }
        }
        if (properties.enabled() && faults != null) {
            apply(faults);
        }
    }

    private ResilienceConfigurationException refusal(String profile) {
        String profiles = "profile '" + profile + "' is one of production (resilience.chaos.production-profiles = "
                + String.join(", ", properties.productionProfiles()) + ")";
        Problem problem = properties.enabled()
                ? new Problem(
                        "resilience.chaos.enabled",
                        "it is true, so faults would be injected into calls, and the active " + profiles,
                        "Set it to false, or correct resilience.chaos.production-profiles")
                : new Problem(
                        "a bean of type " + CallFaults.class.getName(),
                        "it can inject faults into calls, and the active " + profiles,
                        "Leave resilience-starter-test to the tests (scope test), activate another profile, or correct"
                                + " resilience.chaos.production-profiles");
        return new ResilienceConfigurationException(List.of(problem));
    }

    private void apply(CallFaults faults) {
        faults.seed(properties.seed());
        for (Map.Entry<String, ChaosOfCall> call : properties.calls().entrySet()) {
            call.getValue().applyTo(faults.on(call.getKey()), "resilience.chaos.calls." + call.getKey());
            LOG.warn("Injecting faults into call '{}': {}", call.getKey(), call.getValue());
        }
        if (properties.header() != null) {
            LOG.warn("Injecting the faults that requests carry in the header {}", properties.header());
        }
    }
}
