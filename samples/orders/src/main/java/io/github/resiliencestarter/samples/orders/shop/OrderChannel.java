package io.github.resiliencestarter.samples.orders.shop;

import java.util.concurrent.CompletableFuture;

/** The broker, as the shop sees it. */
public interface OrderChannel {

    /** The future completes when the broker has confirmed the event. */
    CompletableFuture<?> send(long orderId, String event);
}
