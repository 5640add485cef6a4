package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.operations.messages.ShowPayload;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint {@code deadletters} shows. Immutable.
 *
 * @param showPayload What the endpoint shows of payloads, keys and values of headers: never is their size and the beginning of a digest, always is what they say.
 */
@ConfigurationProperties("resilience.dead-letters")
record DeadLetterViewProperties(@DefaultValue("never") ShowPayload showPayload) {}
