package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.aop.ProtectedMethods;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The actuator endpoint {@code resilience}: the calls of the application, what each is configured with and why, and its
 * state. Reading is allowed by default; switching a circuit breaker needs {@code management.endpoint.resilience.access:
 * unrestricted}. Thread-safe.
 */
@Endpoint(id = "resilience", defaultAccess = Access.READ_ONLY)
public class ResilienceEndpoint {

    private static final int CONFLICT = 409;

    private final CallsView calls;
    private final CircuitSwitch circuits;

    public ResilienceEndpoint(Pipelines pipelines, ProtectedMethods methods, ResilienceEvents events) {
        this.calls = new CallsView(pipelines, methods);
        this.circuits = new CircuitSwitch(events);
    }

    /** All calls in short. */
    @ReadOperation
    public Map<String, Object> calls() {
        return Map.of("calls", calls.all());
    }

    /** One call with everything; null, which is a 404, if there is none of this name. */
    @ReadOperation
    public @Nullable Map<String, Object> call(@Selector String call) {
        Pipeline pipeline = calls.find(call);
        return pipeline == null ? null : calls.details(pipeline);
    }

    /**
     * Switches the circuit breaker of a call.
     *
     * @param circuit what to do: {@code force-open}, {@code close} or {@code reset}
     */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> switchCircuit(
            SecurityContext security, @Selector String call, CircuitAction circuit) {
        Pipeline pipeline = calls.find(call);
        if (pipeline == null) {
            return error(WebEndpointResponse.STATUS_NOT_FOUND, "There is no call '" + call + "'");
        }
        CircuitBreaker breaker = pipeline.circuitBreaker();
        if (breaker == null) {
            return error(
                    CONFLICT,
                    "Call '" + call + "' has no circuit breaker: circuit-breaker.enabled, or enabled, is false");
        }
        CircuitSwitched switched = circuits.apply(circuit, call, breaker, nameOf(security.getPrincipal()));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("call", call);
        view.put("action", circuit.label());
        view.put("from", switched.from().name());
        view.put("to", switched.to().name());
        return new WebEndpointResponse<>(view);
    }

    private static @Nullable String nameOf(@Nullable Principal principal) {
        return principal == null ? null : principal.getName();
    }

    private static WebEndpointResponse<Map<String, Object>> error(int status, String message) {
        return new WebEndpointResponse<>(Map.of("error", message), status);
    }
}
