package io.github.resiliencestarter.samples.payment.shop;

import io.github.resiliencestarter.FailureReason;

/** The gateway refused, or was not even asked: nothing was charged. */
class PaymentUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureReason reason;

    PaymentUnavailableException(long orderId, FailureReason reason, Throwable cause) {
        super("Order " + orderId + " cannot be paid at the moment", cause);
        this.reason = reason;
    }

    FailureReason reason() {
        return reason;
    }
}
