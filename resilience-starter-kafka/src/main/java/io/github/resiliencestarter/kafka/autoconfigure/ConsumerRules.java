package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Consumer;
import io.github.resiliencestarter.messaging.retry.RetryRules;

/** What can be wrong with {@code resilience.kafka.consumer}. */
record ConsumerRules(PropertyOrigins origins, Findings findings) {

    private static final String PREFIX = "resilience.kafka.consumer";

    void check(Consumer consumer) {
        RetryRules retries = new RetryRules(origins, findings);
        retries.check(PREFIX + ".retry", consumer.retry());
        if (consumer.topics() != null) {
            consumer.topics().forEach((name, topic) -> {
                String key = name.indexOf('.') < 0 ? "." + name : "[" + name + "]";
                retries.check(PREFIX + ".topics" + key + ".retry", topic.retry());
            });
        }
    }
}
