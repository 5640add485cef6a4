package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Which failures a call may try again after that is made within an attempt of another one: those which that one will not try
 * again after. From the most to the least.
 */
public enum RetriesInside {
    /** Nobody around tries again. */
    ALLOWED,
    /** A call around tries again, but as it is not idempotent, never after an unknown outcome. */
    AFTER_UNKNOWN,
    /** A call around tries again after whatever can be tried again. */
    SUPPRESSED;

    /** Whether a call inside may try again after an attempt with this outcome; null where a value is the reason to. */
    boolean permit(@Nullable CallOutcome outcome) {
        return this == ALLOWED || this == AFTER_UNKNOWN && outcome == CallOutcome.UNKNOWN;
    }

    /** What is left within two calls. */
    RetriesInside and(RetriesInside other) {
        return other.ordinal() > ordinal() ? other : this;
    }
}
