package io.github.resiliencestarter.test.assertion;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.operations.CallEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call as it was when it was asked for; the state of its circuit breaker is the present one. */
public final class ObservedCall {

    private final Pipeline pipeline;
    private final ResilienceProbe.Tally tally;
    private final List<CallEvent> events;
    private final Measured measured;

    ObservedCall(Pipeline pipeline, ResilienceProbe.Tally tally, List<CallEvent> events, Measured measured) {
        this.pipeline = pipeline;
        this.tally = tally;
        this.events = List.copyOf(events);
        this.measured = measured;
    }

    public String name() {
        return plan().name();
    }

    /** Each value with its origin. */
    public CallPlan plan() {
        return pipeline.plan();
    }

    /** Its strategies, outermost first. */
    public List<Strategy> order() {
        return pipeline.order();
    }

    /** Of its circuit breaker; null if it has none. */
    public CircuitBreaker.@Nullable State state() {
        CircuitBreaker breaker = pipeline.circuitBreaker();
        return breaker == null ? null : breaker.getState();
    }

    /** How often its method was started since the test began, retries included, faults injected or not. */
    public long attempts() {
        return tally.attempts();
    }

    /** How many of its calls ended in this way since the test began. */
    public long ended(Outcome outcome) {
        return tally.of(outcome);
    }

    /** What happened to it since the test began, oldest first; a plain success is no event. */
    public List<CallEvent> events() {
        return events;
    }

    @Nullable
    Double measured(String meter, String... tags) {
        return measured.count(meter, name(), tags);
    }
}
