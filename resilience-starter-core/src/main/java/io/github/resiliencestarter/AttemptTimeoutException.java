package io.github.resiliencestarter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call got no answer within {@code timeout.per-attempt}, or within what was left of {@code
 * timeout.total}. It is retried and recorded like an exception of the remote. Whatever the interrupted method threw is
 * its cause. An answer that arrives after its time is a timeout too.
 */
public class AttemptTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String call;
    private final Duration limit;

    public AttemptTimeoutException(String call, int attempt, Duration limit, @Nullable Throwable cause) {
        super("Call '" + call + "': attempt " + attempt + " got no answer within " + limit.toMillis() + " ms", cause);
        this.call = call;
        this.limit = limit;
    }

    /** The name of the call. */
    public String getCall() {
        return call;
    }

    /** The time that the attempt was given. */
    public Duration getLimit() {
        return limit;
    }
}
