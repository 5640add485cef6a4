package io.github.resiliencestarter.call.plan;

import java.time.Duration;

/**
 * One value of a plan.
 *
 * @param value never null
 * @param origin the property and where it was written, or {@value #BUILT_IN}
 * @param layer what kind of configuration it came from
 */
public record PlanValue(Object value, String origin, LayerKind layer) {

    static final String BUILT_IN = "built-in";

    boolean isBuiltIn() {
        return layer == LayerKind.BUILT_IN;
    }

    /** Of two times. */
    boolean isLongerThan(PlanValue other) {
        return ((Duration) value).compareTo((Duration) other.value) > 0;
    }

    /** Of two times. */
    boolean isAtLeast(PlanValue other) {
        return !other.isLongerThan(this);
    }
}
