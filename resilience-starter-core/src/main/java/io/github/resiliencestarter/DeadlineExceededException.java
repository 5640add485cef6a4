package io.github.resiliencestarter;

import org.jspecify.annotations.Nullable;

/**
 * There was no time left to start an attempt, or the attempt was cut short by what an enclosing call had left. It says nothing
 * about the remote: it is never retried and never recorded by a circuit breaker.
 */
public class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String call;

    private DeadlineExceededException(String call, String what, @Nullable Throwable cause) {
        super("Call '" + call + "': " + what, cause);
        this.call = call;
    }

    /** No time was left when this attempt, counted from 1, would have started. */
    public static DeadlineExceededException beforeAttempt(String call, int attempt) {
        return new DeadlineExceededException(call, "no time was left for attempt " + attempt, null);
    }

    /** The time of the enclosing call was over during this attempt, counted from 1. */
    public static DeadlineExceededException duringAttempt(String call, int attempt, @Nullable Throwable cause) {
        return new DeadlineExceededException(
                call, "the time of the enclosing call was over during attempt " + attempt, cause);
    }

    /** The name of the call that was cut short. */
    public String getCall() {
        return call;
    }
}
