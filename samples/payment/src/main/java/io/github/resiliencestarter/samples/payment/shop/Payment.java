package io.github.resiliencestarter.samples.payment.shop;

import java.net.URI;

/** What the gateway is asked for. */
record Payment(long orderId, long amountCents, URI callback) {}
