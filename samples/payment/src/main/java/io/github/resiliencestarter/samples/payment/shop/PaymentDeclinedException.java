package io.github.resiliencestarter.samples.payment.shop;

/** The gateway said no. That is an answer: see {@code business-exceptions} in application.yml. */
class PaymentDeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PaymentDeclinedException(long orderId) {
        super("The payment of order " + orderId + " was declined");
    }
}
