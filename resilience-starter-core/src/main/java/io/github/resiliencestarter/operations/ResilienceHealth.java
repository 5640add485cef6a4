package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.operations.messages.PausedConsumers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which circuits are not closed and which listeners we have paused, and what that means for the health of the application. Knows
 * no type of Spring Boot's, for its health types are others on each line. Thread-safe.
 */
public final class ResilienceHealth {

    static final String UP = "UP";
    static final String DEGRADED = "DEGRADED";

    private static final Set<CircuitBreaker.State> OPEN =
            Set.of(CircuitBreaker.State.OPEN, CircuitBreaker.State.FORCED_OPEN);
    private static final Set<CircuitBreaker.State> HALF_OPEN = Set.of(CircuitBreaker.State.HALF_OPEN);

    /**
     * What to report.
     *
     * @param status the code of a status
     * @param details the calls with open and half-open circuits, and the listeners that are paused; without an entry where there is
     *     none
     */
    public record Report(String status, Map<String, Object> details) {}

    private final Pipelines pipelines;
    private final String openCircuitStatus;
    private final PausedConsumers consumers;

    /** @param openCircuitStatus the code of the status while a circuit is open */
    public ResilienceHealth(Pipelines pipelines, String openCircuitStatus, PausedConsumers consumers) {
        this.pipelines = pipelines;
        this.openCircuitStatus = openCircuitStatus;
        this.consumers = consumers;
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
        List<Pause> paused = consumers.now();
        if (!paused.isEmpty()) {
            details.put("paused", paused.stream().map(ResilienceHealth::view).toList());
        }
        return new Report(status(open, paused), details);
    }

    /** Undelivered letters need somebody to help, and a restart would not: never DOWN because of them. */
    private String status(List<String> open, List<Pause> paused) {
        String circuits = open.isEmpty() ? UP : openCircuitStatus;
        boolean undeliverable = paused.stream().anyMatch(pause -> pause.reason() == Pause.Reason.UNDELIVERABLE);
        return undeliverable && circuits.equals(UP) ? DEGRADED : circuits;
    }

    private static Map<String, Object> view(Pause pause) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("listener", pause.listener());
        view.put("source", pause.source());
        view.put("reason", pause.reason().name());
        view.put("detail", pause.detail());
        view.put("since", pause.since().toString());
        return view;
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
