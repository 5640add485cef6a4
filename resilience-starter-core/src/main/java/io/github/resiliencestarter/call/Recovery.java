package io.github.resiliencestarter.call;

/** The answer of an {@link Execution} that has no fallback for an exception; null is a fallback's own answer. */
public enum Recovery {
    NONE
}
