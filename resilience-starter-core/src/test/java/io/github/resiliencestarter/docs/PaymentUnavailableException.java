package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.FailureReason;

class PaymentUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PaymentUnavailableException(Order order, FailureReason reason, Throwable cause) {
        super("Order " + order.id() + " could not be paid: " + reason.tag(), cause);
    }
}
