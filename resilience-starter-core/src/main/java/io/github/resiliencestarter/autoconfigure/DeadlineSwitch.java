package io.github.resiliencestarter.autoconfigure;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** {@code resilience.deadline.propagate} and {@code .accept}, read as the properties read them. */
final class DeadlineSwitch {

    private DeadlineSwitch() {}

    private static boolean isOn(String key, ConditionContext context) {
        try {
            return Binder.get(context.getEnvironment())
                    .bind("resilience.deadline." + key, Boolean.class)
                    .orElse(false);
        } catch (BindException unusable) {
            // The properties are bound a moment later, and what is wrong with the value is explained there.
            return false;
        }
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
