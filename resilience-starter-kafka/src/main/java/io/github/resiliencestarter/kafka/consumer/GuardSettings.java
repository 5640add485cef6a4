package io.github.resiliencestarter.kafka.consumer;

import java.time.Duration;

/**
 * What a guard goes by. Immutable.
 *
 * @param settle how long a partition that leaves, or a consumer that closes, waits for retentions that are still open; must be
 *     shorter than {@code max.poll.interval.ms}
 * @param commitTimeout how long the last commit of a partition that leaves may take
 */
public record GuardSettings(Duration settle, Duration commitTimeout) {

    /** 10 s for retentions and 5 s for the commit: together far below the 5 min of Kafka's default poll interval. */
    public static final GuardSettings DEFAULT = new GuardSettings(Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** The default, or less where the poll interval is short: a consumer that waits longer than half of it may be expelled. */
    public static GuardSettings within(Duration maxPollInterval) {
        Duration half = maxPollInterval.dividedBy(2);
        return half.compareTo(DEFAULT.settle) < 0 ? new GuardSettings(half, DEFAULT.commitTimeout) : DEFAULT;
    }
}
