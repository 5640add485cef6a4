package io.github.resiliencestarter.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code resilience.dead-letters}: what becomes of letters that are parked. Immutable.
 *
 * @param retention How long resolved and discarded letters and finished replays are kept; open letters are kept for ever.
 * @param retentionInterval How often an instance forgets what is over.
 */
@ConfigurationProperties("resilience.dead-letters")
record DeadLetterProperties(
        @DefaultValue("30d") Duration retention,
        @DefaultValue("1h") Duration retentionInterval) {}
