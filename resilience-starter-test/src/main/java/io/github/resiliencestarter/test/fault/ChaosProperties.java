package io.github.resiliencestarter.test.fault;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Faults that a running application injects into its own calls.
 *
 * @param enabled Whether faults are injected into calls; the application does not start with it in a production profile.
 * @param productionProfiles Profiles in which an application that could inject faults does not start; upper and lower case are the same.
 * @param header Name of a request header that carries the faults of one request, such as X-Chaos; without it, requests carry none.
 * @param seed Seed of the random numbers of fail-rate.
 * @param calls Faults of each call, by its name.
 */
@ConfigurationProperties(value = "resilience.chaos", ignoreUnknownFields = false)
record ChaosProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue({"prod", "production"}) List<String> productionProfiles,
        @Nullable String header,
        @DefaultValue("" + CallFaults.DEFAULT_SEED) long seed,
        @DefaultValue Map<String, ChaosOfCall> calls) {}
