package io.github.resiliencestarter.samples.orders.shop;

/** The event is no order, and never will be one. */
public class UnreadableOrderException extends RuntimeException {

    UnreadableOrderException(Throwable cause) {
        super("the event is no order", cause);
    }
}
