package io.github.resiliencestarter.samples.payment.gateway;

import java.time.Duration;

/** What happens to one request: this outcome, after this time. */
record Fate(Outcome outcome, Duration delay) {

    enum Outcome {
        ACCEPTED,
        UNAVAILABLE,
        DROPPED
    }
}
