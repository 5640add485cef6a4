package io.github.resiliencestarter.benchmarks.peer;

import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Recover;
import org.springframework.retry.annotation.Retryable;

/** Spring Retry, which has no circuit breaker that goes with its retry. */
public class SpringRetried {

    private final Remote remote = new Remote();

    @Retryable(maxAttempts = Settings.MAX_ATTEMPTS, backoff = @Backoff(0))
    public String answer(Request request) throws RemoteFailure {
        return remote.answer(request);
    }

    @Recover
    public String fallback(Exception failure, Request request) {
        return Remote.FALLBACK;
    }
}
