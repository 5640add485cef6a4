package io.github.resiliencestarter.samples.payment.gateway;

import java.time.Duration;

/** What happens to one request: this outcome, after this time. */
record Fate(Outcome outcome, Duration delay) {

    enum Outcome {
        ACCEPTED,
        UNAVAILABLE,
        /** The connection is closed without an answer, and without a charge. */
        DROPPED,
        /** It is charged, and then the connection is closed without an answer. */
        CHARGED_AND_DROPPED,
        /** It is charged, and then there is no answer for 30 s. */
        CHARGED_AND_SILENT
    }
}
