package io.github.resiliencestarter;

/**
 * Protects code that is not a method of a bean: the programmatic twin of {@link ResilientCall}. Both run through the
 * very same pipeline object, so that a call named here shares its circuit breaker, its bulkhead and its counts with
 * the annotated methods of that name.
 *
 * <pre>{@code
 * String receipt = resilientCalls.call("paymentGateway").execute(() -> gateway.charge(order));
 * }</pre>
 *
 * <p>Inject it; it is a bean. Thread-safe.
 */
public interface ResilientCalls {

    /**
     * The protected call of this name, made on first use from {@code resilience.calls.<name>} and the defaults. The
     * returned object may be kept and shared between threads.
     *
     * @param name the name of the call; not blank
     * @throws IllegalArgumentException if the name is null or blank
     * @throws ResilienceConfigurationException if the settings of the call contradict each other
     */
    ProtectedCall call(String name);
}
