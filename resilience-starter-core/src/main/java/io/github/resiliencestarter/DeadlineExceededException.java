package io.github.resiliencestarter;

import org.jspecify.annotations.Nullable;

/**
 * The time that an enclosing call had left was used up before or during this call. It says nothing about the remote:
 * it is never retried and never recorded by a circuit breaker.
 */
public class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String call;

    public DeadlineExceededException(String call, int attempts, @Nullable Throwable cause) {
        super(
                "Call '" + call + "': the time of the enclosing call was used up "
                        + (attempts == 0 ? "before the first attempt" : "during attempt " + attempts),
                cause);
        this.call = call;
    }

    /** The name of the call that was cut short. */
    public String getCall() {
        return call;
    }
}
