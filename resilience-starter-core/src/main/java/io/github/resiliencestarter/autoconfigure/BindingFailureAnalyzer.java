package io.github.resiliencestarter.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says what to write instead of a value under {@code resilience} that has the wrong type. It is asked before Boot's own
 * analyzer, and leaves to it every other prefix and everything that it knows no remedy for.
 */
@Order(0)
class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("resilience");

    private final @Nullable Environment environment;

    BindingFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!PREFIX.isAncestorOf(cause.getName())) {
            return null;
        }
        UnusableValue unusable = UnusableValue.of(cause, environment);
        if (unusable == null) {
            return null;
        }
        String remedy = BindingRemedy.of(unusable);
        return remedy == null ? null : new FailureAnalysis(describe(unusable), remedy, cause);
    }

    private static String describe(UnusableValue unusable) {
        return String.join(
                System.lineSeparator(),
                "The property '" + unusable.property() + "' cannot be used:",
                "",
                "    Value:  " + unusable.value(),
                "    Origin: " + unusable.origin());
    }
}
