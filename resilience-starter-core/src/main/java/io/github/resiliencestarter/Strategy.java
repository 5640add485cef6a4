package io.github.resiliencestarter;

import java.util.Locale;

/**
 * What can stand around a method. The constants are in the order of the pipeline, outermost first; a call has those
 * that it is configured with.
 */
public enum Strategy {
    /** Meters, log and events: one record for each logical call. */
    OBSERVE,
    /** Answers, or wraps the exception, after everything inside has failed. */
    FALLBACK,
    /** Answers a failed call from the last success with the same arguments. */
    LAST_KNOWN_GOOD,
    /** Refuses calls while the remote is known to fail. */
    CIRCUIT_BREAKER,
    /** Bounds how many calls run at the same time, back-off included. */
    BULKHEAD,
    /** Bounds the time of the whole call, and hands what is left of it to nested calls. */
    DEADLINE,
    /** Tries again after a back-off. */
    RETRY,
    /** Starts another attempt where the first one takes long; the first answer wins. */
    HEDGE,
    /** Bounds how many attempts start within a period. */
    RATE_LIMITER,
    /** Bounds the time of one attempt. */
    TIMEOUT,
    /** Threads of the call's own, on which its attempts run. */
    THREAD_POOL_BULKHEAD,
    /** The protected code itself. */
    METHOD;

    private final String label = camelCase(name());

    /** The name in plans and docs, such as {@code circuitBreaker}. */
    public String label() {
        return label;
    }

    private static String camelCase(String constant) {
        String[] words = constant.toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder label = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            label.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return label.toString();
    }
}
