package io.github.resiliencestarter.call.plan;

/** What becomes of the retries of calls that are made within an attempt of another call. */
public enum NestedRetries {
    /** What the call around them will try again itself they leave to it, so attempts do not multiply. */
    SUPPRESS,
    /** They try again as they are configured to. */
    ALLOW
}
