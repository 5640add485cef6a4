package io.github.resiliencestarter.call;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.call.outcome.Outcomes;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PlanRules;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The pipelines of an application, one for each name, made on first use. Thread-safe. */
public final class Pipelines {

    private final PlanResolver plans;
    private final PlanRules rules;
    private final Resilience4jParts resilience4j;
    private final Outcomes outcomes;
    private final CallClock clock;
    private final Workers workers;
    private final List<CallObserver.Factory> observers;
    private final Continuations continuations;
    private final @Nullable AttemptDecorator decorator;
    private final ConcurrentMap<String, Pipeline> byName = new ConcurrentHashMap<>();

    /** @param decorator stands around each attempt of each call; null where there is nothing */
    public Pipelines(
            PlanResolver plans,
            PlanRules rules,
            Resilience4jRegistries registries,
            Outcomes outcomes,
            CallClock clock,
            Workers workers,
            List<CallObserver.Factory> observers,
            Continuations continuations,
            @Nullable AttemptDecorator decorator) {
        this.plans = plans;
        this.rules = rules;
        this.resilience4j = new Resilience4jParts(registries, clock);
        this.outcomes = outcomes;
        this.clock = clock;
        this.workers = workers;
        this.observers = List.copyOf(observers);
        this.continuations = continuations;
        this.decorator = decorator;
    }

    /**
     * The pipeline of the call of this name.
     *
     * @throws IllegalArgumentException if the name is blank
     * @throws ResilienceConfigurationException if its plan cannot be used
     */
    public Pipeline get(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("A call needs a name, which is also its key in resilience.calls");
        }
        Pipeline known = byName.get(name);
        return known != null ? known : byName.computeIfAbsent(name, this::make);
    }

    /** The pipelines made so far. */
    public Collection<Pipeline> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private Pipeline make(String name) {
        CallPlan plan = plans.resolve(name);
        Findings findings = new Findings();
        rules.check(plan, findings);
        ExceptionWrapper.check(plan, findings);
        findings.throwErrors();
        CallCounts counts = new CallCounts();
        RecentLatencies latencies = plan.usesLatencies() ? new RecentLatencies(clock) : null;
        CallParts parts = new CallParts(
                resilience4j.circuitBreaker(plan),
                resilience4j.bulkhead(plan),
                resilience4j.threadPool(plan),
                resilience4j.retry(plan),
                resilience4j.rateLimiter(plan),
                new FailureRules(plan.exceptions("business-exceptions")),
                new OutcomeRules(plan, outcomes, counts),
                clock,
                workers,
                counts,
                RetryBudget.of(plan, counts, clock),
                latencies,
                AdaptiveTimeout.of(plan, latencies),
                observers.stream()
                        .map(factory -> factory.observerOf(plan, counts))
                        .toList(),
                continuations,
                decorator);
        return new Pipeline(plan, parts);
    }
}
