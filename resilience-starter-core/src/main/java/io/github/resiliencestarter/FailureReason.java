package io.github.resiliencestarter;

import java.util.Locale;

/** Why a call did not return its own value. Its {@link #tag()} is the {@code reason} of the meters. */
public enum FailureReason {
    /** The method threw an exception. */
    EXCEPTION,
    /** The last attempt got no answer within its time. */
    TIMEOUT,
    /** There was no time left to start an attempt, or an enclosing call cut it short; says nothing about the remote. */
    DEADLINE_EXCEEDED,
    /** A circuit breaker was open. */
    CIRCUIT_OPEN,
    /** As many calls were running as the bulkhead lets in. */
    BULKHEAD_FULL,
    /** The rate limiter gave no permit in time. */
    RATE_LIMITED,
    /** No worker thread could take the attempt: all were taken, or a transaction was bound to the calling thread. */
    NO_WORKER,
    /** The calling thread was interrupted by somebody else than the timeout. */
    INTERRUPTED,
    /** One of the call's {@code business-exceptions}: an answer, not a failure. */
    BUSINESS,
    /** A {@link java.lang.Error}. */
    ERROR,
    /** The caller of an asynchronous method gave up, or somebody else cancelled the work. */
    CANCELLED;

    private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in meters, logs and the endpoint: lower case, words joined by hyphens. */
    public String tag() {
        return tag;
    }

    /**
     * Whether the call was turned away on this side. Such a failure says nothing about the remote: it is never retried
     * and never recorded by a circuit breaker.
     */
    public boolean isRejection() {
        return switch (this) {
            case CIRCUIT_OPEN, BULKHEAD_FULL, RATE_LIMITED, NO_WORKER, DEADLINE_EXCEEDED -> true;
            case EXCEPTION, TIMEOUT, INTERRUPTED, BUSINESS, ERROR, CANCELLED -> false;
        };
    }
}
