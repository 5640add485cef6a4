package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Circuit;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Consumer;
import io.github.resiliencestarter.messaging.circuit.ProbeRules;
import io.github.resiliencestarter.messaging.circuit.ProbeSettings;
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
        Circuit circuit = consumer.circuit();
        new ProbeRules(origins, findings)
                .check(PREFIX + ".circuit", new ProbeSettings(circuit.probeInterval(), circuit.probeAttempts()));
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
