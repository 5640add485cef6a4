package io.github.resiliencestarter.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** As Boot's {@code @ConditionalOnEnabledHealthIndicator("resilience")}, which is another type on each line of Boot. */
final class OnHealthEnabled extends SpringBootCondition {

    private static final String OF_OURS = "management.health.resilience.enabled";
    private static final String OF_ALL = "management.health.defaults.enabled";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        String property = environment.containsProperty(OF_OURS) ? OF_OURS : OF_ALL;
        boolean enabled = environment.getProperty(property, Boolean.class, true);
        return new ConditionOutcome(
                enabled, ConditionMessage.forCondition("Health of resilience").because(property + " is " + enabled));
    }
}
