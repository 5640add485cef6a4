package io.github.resiliencestarter.samples.payment.shop;

enum OrderStatus {
    /** Stored, not yet known to the gateway. */
    PLACED,
    /** Accepted by the gateway, which calls back when it has the money. */
    PAYMENT_PENDING,
    PAID,
    /** The gateway declined the payment, or could not be asked. */
    PAYMENT_FAILED
}
