package io.github.resiliencestarter.messaging.retry;

import io.github.resiliencestarter.call.plan.BackoffSettings;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
import io.github.resiliencestarter.call.plan.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be wrong with the retries of a listener. */
public final class RetryRules {

    private final PropertyOrigins origins;
    private final Findings findings;

    public RetryRules(PropertyOrigins origins, Findings findings) {
        this.origins = origins;
        this.findings = findings;
    }

    /** @param property where the settings stand, such as {@code resilience.kafka.consumer.retry} */
    public void check(String property, @Nullable RetrySettings settings) {
        if (settings == null) {
            return;
        }
        if (settings.instance() != null) {
            report(
                    property + ".instance",
                    settings.instance(),
                    "borrows a resilience4j retry, which knows nothing of messages",
                    "Remove it, and give max-attempts and backoff here");
        }
        Integer attempts = settings.maxAttempts();
        if (attempts != null && attempts < 1) {
            report(
                    property + ".max-attempts",
                    attempts,
                    "must be at least 1",
                    "Use 1 for a single attempt and no retry");
        }
        backoff(property + ".backoff", settings.backoff());
        exceptions(property + ".retry-exceptions", settings.retryExceptions());
        exceptions(property + ".ignore-exceptions", settings.ignoreExceptions());
        unreachable(property, settings);
    }

    private void backoff(String property, @Nullable BackoffSettings backoff) {
        if (backoff == null) {
            return;
        }
        notNegative(property + ".delay", backoff.delay());
        notNegative(property + ".max-delay", backoff.maxDelay());
        Double multiplier = backoff.multiplier();
        if (multiplier != null && !(multiplier >= 1)) {
            report(property + ".multiplier", multiplier, "must be at least 1", "1.0 keeps the wait the same");
        }
        Double jitter = backoff.jitter();
        if (jitter != null && !(jitter >= 0 && jitter <= 1)) {
            report(
                    property + ".jitter",
                    jitter,
                    "must be from 0 to 1",
                    "0.5 spreads a wait of 200ms over 100 to 300ms");
        }
    }

    private void notNegative(String property, @Nullable Duration value) {
        if (value != null && value.isNegative()) {
            report(property, value, "must not be negative", "Use 0 or a duration such as 500ms");
        }
    }

    private void exceptions(String property, @Nullable List<? extends Class<?>> types) {
        for (Class<?> type : Objects.requireNonNullElse(types, List.<Class<?>>of())) {
            if (!Throwable.class.isAssignableFrom(type)) {
                report(property, type.getName(), "is not an exception", "List exception classes only");
            } else if (Error.class.isAssignableFrom(type) && property.endsWith("retry-exceptions")) {
                report(property, type.getName(), "is an Error, which is never tried again", "Remove it from the list");
            }
        }
    }

    private void unreachable(String property, RetrySettings settings) {
        for (Class<?> retried : Objects.requireNonNullElse(settings.retryExceptions(), List.<Class<?>>of())) {
            for (Class<?> ignored : Objects.requireNonNullElse(settings.ignoreExceptions(), List.<Class<?>>of())) {
                if (ignored.isAssignableFrom(retried)) {
                    report(
                            property + ".retry-exceptions",
                            retried.getName(),
                            "is never tried again, because ignore-exceptions lists " + ignored.getName(),
                            "Remove one of the two");
                }
            }
        }
    }

    private void report(String property, Object value, String what, String remedy) {
        Written written = origins.find(property);
        findings.error(written == null ? property : written.toString(), value + " " + what, remedy);
    }
}
