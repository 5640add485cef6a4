package io.github.resiliencestarter.samples.payment.shop;

enum OrderStatus {
    /** Stored, not yet known to the gateway. */
    PLACED,
    /** Accepted by the gateway, which calls back when it has the money. */
    PAYMENT_PENDING,
    PAID,
    /** The gateway was asked, and nobody knows whether it has charged: its callback will tell, or somebody has to ask. */
    PAYMENT_UNKNOWN,
    /** The gateway declined the payment, or was certainly not asked: nothing was charged. */
    PAYMENT_FAILED
}
