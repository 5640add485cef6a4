package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Circuit;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Consumer;
import io.github.resiliencestarter.messaging.retry.DelayRules;
import io.github.resiliencestarter.messaging.retry.DelayText;
import io.github.resiliencestarter.messaging.retry.RetryRules;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be wrong with {@code resilience.kafka.consumer}. */
record ConsumerRules(PropertyOrigins origins, Findings findings) {

    private static final String PREFIX = "resilience.kafka.consumer";

    void check(Consumer consumer) {
        RetryRules retries = new RetryRules(origins, findings);
        DelayRules delays = new DelayRules(origins, findings);
        retries.check(PREFIX + ".retry", consumer.retry());
        circuit(consumer.circuit());
        delays.check(PREFIX + ".delayed", consumer.delayed());
        kept(PREFIX + ".delayed", consumer.delayed(), consumer);
        if (consumer.topics() != null) {
            consumer.topics().forEach((name, topic) -> {
                String key = name.indexOf('.') < 0 ? "." + name : "[" + name + "]";
                retries.check(PREFIX + ".topics" + key + ".retry", topic.retry());
                delays.check(PREFIX + ".topics" + key + ".delayed", topic.delayed());
                kept(PREFIX + ".topics" + key + ".delayed", topic.delayed(), consumer);
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
    /** What waits for longer than its topic keeps it is lost. */
    private void kept(String property, @Nullable List<Duration> delays, Consumer consumer) {
        Duration retention = consumer.deadLetter().retention();
        for (Duration delay : Objects.requireNonNullElse(delays, List.<Duration>of())) {
            // Half as long again with the highest jitter, and the consumer may be down for a while.
            if (delay.multipliedBy(2).compareTo(retention) > 0) {
                findings.error(
                        property,
                        "%s is more than half of the %s for which retry topics keep messages, so what waits may be gone"
                                .formatted(DelayText.of(delay), DelayText.of(retention)),
                        "Use a shorter delay, or a longer " + PREFIX + ".dead-letter.retention");
            }
        }
    }
}
