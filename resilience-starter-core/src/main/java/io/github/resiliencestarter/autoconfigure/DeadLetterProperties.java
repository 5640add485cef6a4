package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.operations.messages.ShowPayload;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code resilience.dead-letters}: what becomes of letters that are parked, and who sees what of them. Immutable.
 *
 * @param retention How long resolved and discarded letters and finished replays are kept; open letters are kept for ever.
 * @param retentionInterval How often an instance forgets what is over.
 * @param showPayload What the endpoint shows of payloads, keys and values of headers: never is their size and the beginning of a digest, always is what they say.
 */
@ConfigurationProperties("resilience.dead-letters")
record DeadLetterProperties(
        @DefaultValue("30d") Duration retention,
        @DefaultValue("1h") Duration retentionInterval,
        @DefaultValue("never") ShowPayload showPayload) {}
