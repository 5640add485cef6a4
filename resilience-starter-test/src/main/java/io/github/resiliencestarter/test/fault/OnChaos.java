package io.github.resiliencestarter.test.fault;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** {@code resilience.chaos.enabled}, read as the properties read it: {@code on} and {@code yes} are true as well. */
final class OnChaos implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        try {
            return Binder.get(context.getEnvironment())
                    .bind("resilience.chaos.enabled", Boolean.class)
                    .orElse(false);
        } catch (BindException unusable) {
            // The properties are bound a moment later, and what is wrong with the value is explained there.
            return false;
        }
    }
}
