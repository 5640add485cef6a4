package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.messaging.jdbc.JdbcSchema;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code resilience.jdbc}: the database in which dead letters are parked. Immutable.
 *
 * @param enabled Whether dead letters are parked in the application's database; if not, only in a DeadLetterStore of its own.
 * @param initializeSchema Whether missing tables are created at the start: in an H2 that runs in the application, in every database, or never.
 */
@ConfigurationProperties("resilience.jdbc")
record JdbcProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("embedded") JdbcSchema.Initialize initializeSchema) {}
