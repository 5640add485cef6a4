package io.github.resiliencestarter.rabbit.autoconfigure;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * {@code resilience.enabled} and {@code resilience.rabbit.listener.enabled}, read as the properties read them: {@code off} and
 * {@code no} are false as well.
 */
final class ListenerSwitch implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        return isOn(environment, "resilience.enabled") && isOn(environment, "resilience.rabbit.listener.enabled");
    }

    private static boolean isOn(Environment environment, String property) {
        try {
            return Binder.get(environment).bind(property, Boolean.class).orElse(true);
        } catch (BindException unusable) {
            // The properties are bound a moment later, and what is wrong with the value is explained there.
            return true;
        }
    }
}
