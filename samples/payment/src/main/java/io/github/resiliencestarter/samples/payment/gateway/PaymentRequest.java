package io.github.resiliencestarter.samples.payment.gateway;

import java.net.URI;

/** The body of a request for payment; the gateway's own view of it. */
record PaymentRequest(long orderId, long amountCents, URI callback) {}
