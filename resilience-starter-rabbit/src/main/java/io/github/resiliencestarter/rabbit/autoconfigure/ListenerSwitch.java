package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.autoconfigure.ResilienceSwitch;

/** {@code resilience.enabled} and {@code resilience.rabbit.listener.enabled}. */
final class ListenerSwitch extends ResilienceSwitch {

    ListenerSwitch() {
        super("resilience.rabbit.listener.enabled");
    }
}
