package io.github.resiliencestarter.autoconfigure;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** {@code resilience.deadline.propagate} and {@code .accept}, read as the properties read them. */
final class DeadlineSwitch {

    private DeadlineSwitch() {}

    private static boolean isOn(String key, ConditionContext context) {
        return ResilienceSwitch.isOn(context.getEnvironment(), "resilience.deadline." + key, false);
    }

    static final class Propagates implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isOn("propagate", context);
        }
    }

    static final class Accepts implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isOn("accept", context);
        }
    }

    static final class Either implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isOn("propagate", context) || isOn("accept", context);
        }
    }
}
