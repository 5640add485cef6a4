package io.github.resiliencestarter;

import java.util.Locale;

/**
 * What a failed attempt has done at the remote, as far as this side can know: it decides whether trying again can do harm. From
 * the least to the worst.
 */
public enum CallOutcome {
    /** The request never reached the remote: no connection, no name, no slot in a pool. Trying again does no harm. */
    NEVER_SENT,
    /** The remote answered that it did nothing. Trying again does no harm, and makes sense where it only said "not now". */
    REJECTED,
    /** Nobody knows: the request may have been carried out. Only an idempotent call may be tried again. */
    UNKNOWN;

    private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in meters, logs and the endpoint: lower case, words joined by hyphens. */
    public String tag() {
        return tag;
    }
}
