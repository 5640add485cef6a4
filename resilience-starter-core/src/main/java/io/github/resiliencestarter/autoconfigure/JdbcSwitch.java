package io.github.resiliencestarter.autoconfigure;

/** {@code resilience.enabled} and {@code resilience.jdbc.enabled}. */
final class JdbcSwitch extends ResilienceSwitch {

    JdbcSwitch() {
        super("resilience.jdbc.enabled");
    }
}
