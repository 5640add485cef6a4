package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/**
 * Remembers how long attempts took that succeeded; those that timed out are remembered where that is found out. It is no
 * strategy, for it changes nothing, and stands only around attempts of calls that use what it remembers.
 */
final class LatencyStage extends Stage {

    private final RecentLatencies latencies;
    private final Stage next;

    LatencyStage(RecentLatencies latencies, Stage next) {
        super(next);
        this.latencies = latencies;
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        Object value = next.run(execution);
        latencies.record(execution.lastAttempt(), execution.now);
        return value;
    }

    @Override
    void start(AsyncExecution execution) {
        next.enter(execution);
    }

    @Override
    void succeeded(AsyncExecution execution, @Nullable Object value) {
        latencies.record(execution.lastAttempt(), execution.now);
        succeed(execution, value);
    }
}
