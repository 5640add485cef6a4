package io.github.resiliencestarter.test;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.test.assertion.ResilienceProbe;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** An application as its tests find it and leave it. */
final class TestedApplication {

    private final CallFaults faults;
    private final ResilienceProbe probe;
    private final ObjectProvider<CircuitBreakerRegistry> circuitBreakers;
    private final ObjectProvider<Pipelines> pipelines;
    private final @Nullable VirtualTime time;
    private boolean started;

    TestedApplication(
            CallFaults faults,
            ResilienceProbe probe,
            ObjectProvider<CircuitBreakerRegistry> circuitBreakers,
            ObjectProvider<Pipelines> pipelines,
            @Nullable VirtualTime time) {
        this.faults = faults;
        this.probe = probe;
        this.circuitBreakers = circuitBreakers;
        this.pipelines = pipelines;
        this.time = time;
    }

    /** The first test finds the application as it has started, with all that it has scheduled. */
    void begin() {
        if (time != null && !started) {
            time.mark();
        }
        started = true;
        restore();
        probe.use();
    }

    void end() {
        probe.release();
        restore();
    }

    /** Time first: what is reset after it begins at the restored time. */
    private void restore() {
        faults.heal();
        if (time != null) {
            time.restore();
        }
        circuitBreakers.forEach(registry -> registry.getAllCircuitBreakers().forEach(CircuitBreaker::reset));
        pipelines.forEach(ofApplication -> ofApplication.all().forEach(Pipeline::forget));
        probe.forget();
    }
}
