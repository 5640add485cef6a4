package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.retry.DelayText;
import java.time.Duration;

/**
 * How the companions of a queue are called: {@code {queue}}, {@code {suffix}} and {@code {delay}} in the patterns are replaced.
 * Immutable.
 *
 * @param queue resilience.rabbit.listener.dead-letter.queue
 * @param suffix resilience.rabbit.listener.dead-letter.suffix
 * @param exchange resilience.rabbit.listener.dead-letter.exchange
 * @param delayed resilience.rabbit.listener.delayed-queue
 */
public record DeadLetterNames(String queue, String suffix, String exchange, String delayed) {

    /** Where the dead letters of this queue end. */
    public String of(String source) {
        return queue.replace("{queue}", source).replace("{suffix}", suffix);
    }

    /** The fanout that dead letters of this queue are published to. */
    public String exchange(String source) {
        return exchange.replace("{queue}", source).replace("{suffix}", suffix);
    }

    /** Where messages of this queue wait for their next attempt. */
    public String delayed(String source, Duration delay) {
        return delayed.replace("{queue}", source).replace("{delay}", DelayText.of(delay));
    }

    /** Where letters of this queue go that no store can take. */
    public String parking(String source) {
        return source + ".parking";
    }

    /** The source of a dead letter that does not tell it: the name without the suffix. */
    String sourceOf(String deadLetterQueue) {
        return !suffix.isEmpty() && deadLetterQueue.endsWith(suffix) && deadLetterQueue.length() > suffix.length()
                ? deadLetterQueue.substring(0, deadLetterQueue.length() - suffix.length())
                : deadLetterQueue;
    }
}
