package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.plan.CallPlan;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes the meters of each call. Those of calls that were made while the application started are registered when all beans are
 * there, so that neither the registry nor what customizes it is made too early. Thread-safe.
 */
public final class MeteredCalls implements CallObserver.Factory, SmartInitializingSingleton {

    private final Supplier<MeterRegistry> registry;
    private final Queue<CallMeters> made = new ConcurrentLinkedQueue<>();
    private volatile boolean started;

    /** @param registry may throw a BeansException while the registry is being made */
    public MeteredCalls(Supplier<MeterRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public CallObserver observerOf(CallPlan plan, CallCounts counts) {
        CallMeters meters = new CallMeters(plan, counts, registry);
        // First into the queue, then the look at the flag: whichever way the race goes, somebody binds it.
        made.add(meters);
        if (started) {
            bindAll();
        }
        return meters;
    }

    @Override
    public void afterSingletonsInstantiated() {
        started = true;
        bindAll();
    }

    private void bindAll() {
        for (CallMeters meters = made.poll(); meters != null; meters = made.poll()) {
            meters.bind();
        }
    }
}
