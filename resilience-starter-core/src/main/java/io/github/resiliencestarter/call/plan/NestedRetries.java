package io.github.resiliencestarter.call.plan;

/** What becomes of the retries of calls that are made within an attempt of another call. */
public enum NestedRetries {
    /** They make one attempt each: the call around them tries again, so attempts do not multiply. */
    SUPPRESS,
    /** They try again as they are configured to. */
    ALLOW
}
