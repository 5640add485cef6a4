package io.github.resiliencestarter.samples.payment.load;

import java.time.Duration;

/** What one customer got, and after what time. */
record OrderResult(Kind kind, Duration latency) {

    enum Kind {
        /** HTTP 201: the gateway has accepted the payment. */
        CONFIRMED,
        /** HTTP 202: the shop has the order, and does not know whether it is paid. */
        UNKNOWN,
        /** Any other answer, or a broken connection. */
        REFUSED,
        /** The customer did not wait for the answer. */
        GAVE_UP
    }
}
