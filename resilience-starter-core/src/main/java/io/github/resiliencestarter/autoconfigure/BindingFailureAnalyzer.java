package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
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

    /** @param environment null where the start failed before there was a context */
    BindingFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (environment == null || !PREFIX.isAncestorOf(cause.getName())) {
            return null;
        }
        Written written = new PropertyOrigins(environment).find(nameOf(cause));
        if (written == null) {
            return null;
        }
        UnusableValue unusable = UnusableValue.of(cause, written);
        String remedy = BindingRemedy.of(unusable);
        return remedy == null ? null : new FailureAnalysis(describe(written, unusable), remedy, cause);
    }

    private static String nameOf(BindException failure) {
        return (failure.getProperty() == null
                        ? failure.getName()
                        : failure.getProperty().getName())
                .toString();
    }

    private static String describe(Written written, UnusableValue unusable) {
        return String.join(
                System.lineSeparator(),
                "The property '" + written.name() + "' cannot be used:",
                "",
                "    Value:  " + unusable.value(),
                "    Origin: " + written.source());
    }
}
