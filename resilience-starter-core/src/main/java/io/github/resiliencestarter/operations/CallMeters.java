package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.RetrySuppression;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;

/**
 * Measures one call: timer {@code resilience.call}, counters {@code resilience.call.attempts} and
 * {@code resilience.call.retries.suppressed}. The registry is asked for
 * when it is needed and not before, for calls are made while the application starts. Thread-safe.
 */
final class CallMeters implements CallObserver {

    private final CallPlan plan;
    private final CallCounts counts;
    private final Supplier<MeterRegistry> registry;
    private volatile @Nullable CallTimers timers;

    CallMeters(CallPlan plan, CallCounts counts, Supplier<MeterRegistry> registry) {
        this.plan = plan;
        this.counts = counts;
        this.registry = registry;
    }

    @Override
    public void completed(Execution execution) {
        CallTimers known = timers;
        CallTimers bound = known != null ? known : bind();
        if (bound != null) {
            bound.timer(execution.outcome(), execution.reason()).record(execution.elapsedNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void suppressed(Execution execution, @Nullable Throwable failure, RetrySuppression reason) {
        CallTimers known = timers;
        CallTimers bound = known != null ? known : bind();
        if (bound != null) {
            bound.suppressed(reason).increment();
        }
    }

    /**
     * Registers the meters, once: a registry warns of functions that it has already, and ignores them. The registry itself is
     * asked for without a lock, for making it may need one of Spring's.
     *
     * @return null where the registry is just being made: a call that is a part of that is not measured
     */
    @Nullable
    CallTimers bind() {
        MeterRegistry found;
        try {
            found = registry.get();
        } catch (BeansException beingMade) {
            return null;
        }
        return register(found);
    }

    private synchronized CallTimers register(MeterRegistry found) {
        CallTimers bound = timers;
        if (bound == null) {
            bound = new CallTimers(plan.name(), counts, found);
            StrategyMeters.register(plan, counts, found);
            timers = bound;
        }
        return bound;
    }
}
