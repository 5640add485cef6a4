package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** Innermost, where something stands around each attempt: one attempt, measured with all that is around it. */
final class DecoratedMethodStage extends Stage {

    private final CallClock clock;
    private final AttemptDecorator decorator;

    DecoratedMethodStage(CallParts parts) {
        this.clock = parts.clock();
        this.decorator = CallParts.required(parts.decorator());
    }

    @Override
    void start(AsyncExecution execution) throws Throwable {
        AsyncAttempt.start(execution, decorator.decorate(execution.call(), execution), this, clock);
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        AttemptDecorator.Attempt attempt = decorator.decorate(execution.call(), execution::attempt);
        long startedAt = execution.now;
        execution.attemptStarted();
        try {
            return attempt.run();
        } finally {
            execution.attemptEnded(startedAt, clock.nanoTime());
        }
    }
}
