package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** Innermost: one attempt of the protected code, measured. */
final class MethodStage extends Stage {

    private final CallClock clock;

    MethodStage(CallClock clock) {
        this.clock = clock;
    }

    @Override
    void start(AsyncExecution execution) {
        AsyncAttempt.start(execution, execution, this, clock);
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        long startedAt = execution.now;
        execution.attemptStarted();
        try {
            return execution.attempt();
        } finally {
            execution.attemptEnded(startedAt, clock.nanoTime());
        }
    }
}
