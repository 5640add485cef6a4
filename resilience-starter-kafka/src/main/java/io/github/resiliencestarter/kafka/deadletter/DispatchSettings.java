package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.call.plan.Backoff;
import java.time.Duration;

/**
 * What the dispatch of dead letters goes by. Immutable.
 *
 * @param sendTimeout how long the broker may take to confirm a letter
 * @param maxInFlight most letters of a consumer that are sent and not yet confirmed
 * @param budget how long after its last poll a consumer may wait for room for one more letter; below {@code max.poll.interval.ms}
 * @param backoff when a letter that nobody takes is tried again
 */
public record DispatchSettings(Duration sendTimeout, int maxInFlight, Duration budget, Backoff backoff) {

    /** 1 s, 2 s, 4 s and so on up to 30 s, each give or take the half. */
    public static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30), 0.5);

    /** With {@link #BACKOFF}, and a budget of 1 min: a fifth of Kafka's default poll interval. */
    public static DispatchSettings of(Duration sendTimeout, int maxInFlight) {
        return new DispatchSettings(sendTimeout, maxInFlight, Duration.ofMinutes(1), BACKOFF);
    }
}
