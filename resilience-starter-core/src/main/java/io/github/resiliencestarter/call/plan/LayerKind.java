package io.github.resiliencestarter.call.plan;

/** Where a value of a plan can come from, the nearest to the call first. */
public enum LayerKind {
    /** {@code resilience.calls.<name>}. */
    CALL,
    /** Another call that it is based on. */
    BASED_ON,
    /** {@code resilience4j.*}. */
    RESILIENCE4J,
    /** {@code resilience.defaults}. */
    DEFAULTS,
    /** Nowhere: it holds when nothing is configured. */
    BUILT_IN
}
