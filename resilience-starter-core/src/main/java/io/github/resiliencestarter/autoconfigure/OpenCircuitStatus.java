package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads {@code resilience.health.open-circuit-status}: a mistyped status would otherwise be dropped without a word. */
final class OpenCircuitStatus {

    private static final String PROPERTY = "resilience.health.open-circuit-status";
    private static final List<String> KNOWN = List.of("UP", "DEGRADED", "OUT_OF_SERVICE", "DOWN", "UNKNOWN");

    private OpenCircuitStatus() {}

    /**
     * The code of the status.
     *
     * @param text in any case, words joined by hyphens or underscores
     * @param ofHost what the host lists in management.endpoint.health.status.order
     */
    static String of(String text, List<String> ofHost, PropertyOrigins origins) {
        List<String> usable = new ArrayList<>(ofHost);
        usable.addAll(KNOWN);
        return usable.stream()
                .filter(status -> uniform(status).equals(uniform(text)))
                .findFirst()
                .orElseThrow(() -> unusable(text, origins));
    }

    private static ResilienceConfigurationException unusable(String text, PropertyOrigins origins) {
        PropertyOrigins.Written written = origins.find(PROPERTY);
        return new ResilienceConfigurationException(List.of(new Problem(
                written == null ? PROPERTY : written.toString(),
                "'" + text + "' is no status of the health endpoint",
                "Use one of " + String.join(", ", KNOWN)
                        + ", or list your own status in management.endpoint.health.status.order")));
    }

    private static String uniform(String status) {
        return status.trim().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }
}
