package io.github.resiliencestarter.messaging.circuit;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;

/** What can be wrong with the probes of a listener. */
public record ProbeRules(PropertyOrigins origins, Findings findings) {

    /** @param property where the settings stand, such as {@code resilience.kafka.consumer.circuit} */
    public void check(String property, ProbeSettings settings) {
        if (settings.interval().isNegative() || settings.interval().isZero()) {
            report(
                    property + ".probe-interval",
                    settings.interval(),
                    "must be longer than 0",
                    "Use a duration such as 5s");
        }
        if (settings.attempts() < 0) {
            report(
                    property + ".probe-attempts",
                    settings.attempts(),
                    "must not be negative",
                    "Use 0 to blame a message for each failure that is not a rejection");
        }
    }

    private void report(String property, Object value, String what, String remedy) {
        Written written = origins.find(property);
        findings.error(written == null ? property : written.toString(), value + " " + what, remedy);
    }
}
