package io.github.resiliencestarter.autoconfigure;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * {@code resilience.enabled}, read as the properties read it: {@code off} and {@code no} are false as well. Boot's own
 * condition on a property compares texts.
 */
final class ResilienceSwitch {

    private ResilienceSwitch() {}

    static boolean isOn(Environment environment) {
        try {
            return Binder.get(environment)
                    .bind("resilience.enabled", Boolean.class)
                    .orElse(true);
        } catch (BindException unusable) {
            // The properties are bound a moment later, and what is wrong with the value is explained there.
            return true;
        }
    }

    static final class On implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isOn(context.getEnvironment());
        }
    }

    static final class Off implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !isOn(context.getEnvironment());
        }
    }
}
