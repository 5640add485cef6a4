package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.RetrySuppression;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one call in one registry. The timer of each combination of outcome and reason is registered on its first use
 * and kept, for a look-up in the registry costs more than a successful call. Thread-safe.
 */
final class CallTimers {

    private static final String NO_REASON = "none";
    private static final int REASONS = FailureReason.values().length + 1;

    private final String call;
    private final MeterRegistry registry;
    private final Counter[] suppressed;
    private final AtomicReferenceArray<@Nullable Timer> timers =
            new AtomicReferenceArray<>(Outcome.values().length * REASONS);

    /** Registers what every call has: attempts, retries not made, and the timer of successes, so that dashboards see zeros. */
    CallTimers(String call, CallCounts counts, MeterRegistry registry) {
        this.call = call;
        this.registry = registry;
        FunctionCounter.builder("resilience.call.attempts", counts, CallCounts::attempts)
                .description("Attempts that were started, retries included")
                .tag("call", call)
                .register(registry);
        this.suppressed = Arrays.stream(RetrySuppression.values())
                .map(reason -> Counter.builder("resilience.call.retries.suppressed")
                        .description(
                                "Attempts that were not tried again for the load or the harm that this could have done")
                        .tag("call", call)
                        .tag("reason", reason.tag())
                        .register(registry))
                .toArray(Counter[]::new);
        for (CallOutcome outcome : CallOutcome.values()) {
            FunctionCounter.builder("resilience.call.attempts.failed", counts, each -> each.failedAttempts(outcome))
                    .description("Attempts that failed, by what they did at the remote")
                    .tag("call", call)
                    .tag("outcome", outcome.tag())
                    .register(registry);
        }
        timer(Outcome.SUCCESS, null);
    }

    Counter suppressed(RetrySuppression reason) {
        return suppressed[reason.ordinal()];
    }

    Timer timer(Outcome outcome, @Nullable FailureReason reason) {
        int index = outcome.ordinal() * REASONS + (reason == null ? 0 : reason.ordinal() + 1);
        Timer timer = timers.get(index);
        return timer != null ? timer : register(index, outcome, reason);
    }

    /** Two threads may both come here: the registry gives them the same timer. */
    private Timer register(int index, Outcome outcome, @Nullable FailureReason reason) {
        Timer timer = Timer.builder("resilience.call")
                .description("Logical calls, with their waits, their retries and their fallback")
                .tag("call", call)
                .tag("outcome", outcome.tag())
                .tag("reason", reason == null ? NO_REASON : reason.tag())
                .register(registry);
        timers.set(index, timer);
        return timer;
    }
}
