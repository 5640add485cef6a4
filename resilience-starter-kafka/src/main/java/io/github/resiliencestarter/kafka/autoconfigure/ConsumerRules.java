package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Circuit;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Consumer;
import io.github.resiliencestarter.messaging.retry.RetryRules;

/** What can be wrong with {@code resilience.kafka.consumer}. */
record ConsumerRules(PropertyOrigins origins, Findings findings) {

    private static final String PREFIX = "resilience.kafka.consumer";

    void check(Consumer consumer) {
        RetryRules retries = new RetryRules(origins, findings);
        retries.check(PREFIX + ".retry", consumer.retry());
        circuit(consumer.circuit());
        if (consumer.topics() != null) {
            consumer.topics().forEach((name, topic) -> {
                String key = name.indexOf('.') < 0 ? "." + name : "[" + name + "]";
                retries.check(PREFIX + ".topics" + key + ".retry", topic.retry());
            });
        }
    }

    private void circuit(Circuit circuit) {
        if (circuit.probeInterval().isNegative() || circuit.probeInterval().isZero()) {
            report(
                    "circuit.probe-interval",
                    circuit.probeInterval(),
                    "must be longer than 0",
                    "Use a duration such as 5s");
        }
        if (circuit.probeAttempts() < 0) {
            report(
                    "circuit.probe-attempts",
                    circuit.probeAttempts(),
                    "must not be negative",
                    "Use 0 to blame a message for each failure that is not a rejection");
        }
    }

    private void report(String key, Object value, String what, String remedy) {
        String property = PREFIX + '.' + key;
        Written written = origins.find(property);
        findings.error(written == null ? property : written.toString(), value + " " + what, remedy);
    }
}
