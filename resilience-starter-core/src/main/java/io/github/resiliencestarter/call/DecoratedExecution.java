package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** The code of a call with what stands around one attempt of it. */
final class DecoratedExecution extends Execution {

    private final Execution method;
    private final AttemptDecorator.Attempt attempt;

    DecoratedExecution(Execution method, AttemptDecorator.Attempt attempt) {
        this.method = method;
        this.attempt = attempt;
    }

    @Override
    public String call() {
        return method.call();
    }

    @Override
    protected @Nullable Object attempt() throws Throwable {
        return attempt.run();
    }

    @Override
    protected @Nullable Object attemptOnWorker() throws Throwable {
        return attempt.run();
    }
}
