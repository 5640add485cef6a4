package io.github.resiliencestarter.samples.payment.load;

import java.time.Duration;

/** What one customer got, and after what time. */
record OrderResult(Kind kind, Duration latency) {

    enum Kind {
        /** HTTP 201: the gateway has accepted the payment. */
        CONFIRMED,
        /** Any other answer, or a broken connection. */
        REFUSED,
        /** The customer did not wait for the answer. */
        GAVE_UP
    }
}
