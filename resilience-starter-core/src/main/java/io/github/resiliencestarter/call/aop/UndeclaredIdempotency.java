package io.github.resiliencestarter.call.aop;

/** What the linter does with a call that is tried again, and of which nobody says whether it is idempotent. */
public enum UndeclaredIdempotency {
    WARN,
    FAIL,
    IGNORE
}
