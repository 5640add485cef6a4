package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.call.plan.Backoff;
import java.time.Duration;

/**
 * What the dispatch of dead letters goes by. Immutable.
 *
 * @param sendTimeout how long the broker may take to confirm a letter
 * @param maxInFlight most letters of a consumer that are sent and not yet confirmed
 * @param backoff when a letter that nobody takes is tried again
 */
public record DispatchSettings(Duration sendTimeout, int maxInFlight, Backoff backoff) {

    /** 1 s, 2 s, 4 s and so on up to 30 s, each give or take the half. */
    public static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(30), 0.5);

    /** With {@link #BACKOFF}. */
    public static DispatchSettings of(Duration sendTimeout, int maxInFlight) {
        return new DispatchSettings(sendTimeout, maxInFlight, BACKOFF);
    }
}
