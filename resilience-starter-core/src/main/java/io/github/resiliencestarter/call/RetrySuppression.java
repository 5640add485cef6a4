package io.github.resiliencestarter.call;

import java.util.Locale;

/** Why a failed attempt was not tried again though failure, attempts and time would have allowed it. */
public enum RetrySuppression {
    /** The retries of the call, all its callers together, have used up their budget. */
    BUDGET,
    /** It runs within an attempt of another call, which tries again itself. */
    NESTED,
    /** Nobody knows what became of the attempt, and nobody says that the call may be made twice. */
    UNKNOWN_OUTCOME;

    private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in meters and logs. */
    public String tag() {
        return tag;
    }
}
