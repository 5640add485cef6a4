package io.github.resiliencestarter;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link OutcomeClassifier} says about a failed attempt. Immutable.
 *
 * @param outcome what the attempt has done at the remote
 * @param retryable whether another attempt may end differently; whether it may do harm follows from the outcome
 * @param retryAfter how long the remote wants to be left alone, not negative; null where it did not say
 */
public record Verdict(
        CallOutcome outcome, boolean retryable, @Nullable Duration retryAfter) {

    private static final Verdict NEVER_SENT = new Verdict(CallOutcome.NEVER_SENT, true, null);
    private static final Verdict REJECTED = new Verdict(CallOutcome.REJECTED, false, null);
    private static final Verdict NOT_NOW = new Verdict(CallOutcome.REJECTED, true, null);
    private static final Verdict UNKNOWN = new Verdict(CallOutcome.UNKNOWN, true, null);

    /** @throws IllegalArgumentException if {@code retryAfter} is negative */
    public Verdict {
        Objects.requireNonNull(outcome, "outcome");
        if (retryAfter != null && retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative, but is " + retryAfter);
        }
    }

    /** The request did not reach the remote; another attempt may. */
    public static Verdict neverSent() {
        return NEVER_SENT;
    }

    /** The remote refused, and would do so again. */
    public static Verdict rejected() {
        return REJECTED;
    }

    /** The remote refused for the time being. */
    public static Verdict notNow() {
        return NOT_NOW;
    }

    /** The remote refused, and said for how long; null where it did not. */
    public static Verdict notNow(@Nullable Duration retryAfter) {
        return retryAfter == null ? NOT_NOW : new Verdict(CallOutcome.REJECTED, true, retryAfter);
    }

    /** Nobody knows what became of the request. */
    public static Verdict unknown() {
        return UNKNOWN;
    }
}
