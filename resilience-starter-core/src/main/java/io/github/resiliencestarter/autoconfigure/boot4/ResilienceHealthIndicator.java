package io.github.resiliencestarter.autoconfigure.boot4;

import io.github.resiliencestarter.operations.ResilienceHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The component {@code resilience} of the health endpoint. */
final class ResilienceHealthIndicator implements HealthIndicator {

    private final ResilienceHealth health;

    ResilienceHealthIndicator(ResilienceHealth health) {
        this.health = health;
    }

    @Override
    public Health health() {
        ResilienceHealth.Report report = health.report();
        return Health.status(report.status()).withDetails(report.details()).build();
    }
}
