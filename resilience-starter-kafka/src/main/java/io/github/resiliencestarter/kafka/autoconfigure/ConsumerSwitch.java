package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.autoconfigure.ResilienceSwitch;

/** {@code resilience.enabled} and {@code resilience.kafka.consumer.enabled}. */
final class ConsumerSwitch extends ResilienceSwitch {

    ConsumerSwitch() {
        super("resilience.kafka.consumer.enabled");
    }
}
