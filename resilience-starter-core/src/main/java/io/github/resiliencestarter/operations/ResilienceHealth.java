package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which circuits are not closed, and what that means for the health of the application. Knows no type of Spring Boot's, for
 * its health types are others on each line. Thread-safe.
 */
public final class ResilienceHealth {

    static final String UP = "UP";

    private static final Set<CircuitBreaker.State> OPEN =
            Set.of(CircuitBreaker.State.OPEN, CircuitBreaker.State.FORCED_OPEN);
    private static final Set<CircuitBreaker.State> HALF_OPEN = Set.of(CircuitBreaker.State.HALF_OPEN);

    /**
     * What to report.
     *
     * @param status the code of a status
     * @param details the calls with open and half-open circuits; without an entry where there is none
     */
    public record Report(String status, Map<String, Object> details) {}

    private final Pipelines pipelines;
    private final String openCircuitStatus;

    /** @param openCircuitStatus the code of the status while a circuit is open */
    public ResilienceHealth(Pipelines pipelines, String openCircuitStatus) {
        this.pipelines = pipelines;
        this.openCircuitStatus = openCircuitStatus;
    }

    public Report report() {
        List<String> open = callsIn(OPEN);
        List<String> halfOpen = callsIn(HALF_OPEN);
        Map<String, Object> details = new LinkedHashMap<>();
        if (!open.isEmpty()) {
            details.put("open", open);
        }
        if (!halfOpen.isEmpty()) {
            details.put("halfOpen", halfOpen);
        }
        return new Report(open.isEmpty() ? UP : openCircuitStatus, details);
    }

    private List<String> callsIn(Set<CircuitBreaker.State> states) {
        return pipelines.all().stream()
                .filter(pipeline -> isIn(states, pipeline))
                .map(pipeline -> pipeline.plan().name())
                .sorted()
                .toList();
    }

    private static boolean isIn(Set<CircuitBreaker.State> states, Pipeline pipeline) {
        CircuitBreaker breaker = pipeline.circuitBreaker();
        return breaker != null && states.contains(breaker.getState());
    }
}
