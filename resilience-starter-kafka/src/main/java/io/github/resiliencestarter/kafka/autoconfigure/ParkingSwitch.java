package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.autoconfigure.ResilienceSwitch;

/** {@code resilience.enabled} and {@code resilience.kafka.parking.enabled}. */
final class ParkingSwitch extends ResilienceSwitch {

    ParkingSwitch() {
        super("resilience.kafka.parking.enabled");
    }
}
