package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.autoconfigure.ResilienceSwitch;

/** {@code resilience.enabled} and {@code resilience.rabbit.parking.enabled}. */
final class ParkingSwitch extends ResilienceSwitch {

    ParkingSwitch() {
        super("resilience.rabbit.parking.enabled");
    }
}
