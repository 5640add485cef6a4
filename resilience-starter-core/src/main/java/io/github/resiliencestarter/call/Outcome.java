package io.github.resiliencestarter.call;

import java.util.Locale;

/** How a logical call ended, as its caller sees it. */
public enum Outcome {
    /** The first attempt returned, or a business exception was the answer. */
    SUCCESS,
    /** A later attempt returned. */
    RECOVERED,
    /** The fallback returned a value. */
    FALLBACK,
    /** The caller got an exception. */
    FAILED,
    /** The caller got an exception because the call was turned away on this side. */
    REJECTED,
    /** The caller gave up, or somebody else cancelled the work. */
    CANCELLED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    public String tag() {
        return tag;
    }
}
