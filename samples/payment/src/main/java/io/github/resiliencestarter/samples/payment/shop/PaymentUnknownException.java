package io.github.resiliencestarter.samples.payment.shop;

/** The gateway was asked and gave no answer: the payment may have been charged. */
class PaymentUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PaymentUnknownException(long orderId, Throwable cause) {
        super("Nobody knows whether order " + orderId + " is paid", cause);
    }
}
