package io.github.resiliencestarter.samples.orders.story;

import io.github.resiliencestarter.samples.orders.shop.Order;
import io.github.resiliencestarter.samples.orders.shop.OrderEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Send order events, and know how many the broker has confirmed. */
final class Customers {

    private static final List<String> ITEMS = List.of("lamp", "chair", "desk", "shelf");

    private final OrderEvents events;
    // with a broker that has seen the story before, orders must not have the numbers of old ones
    private long lastId = System.currentTimeMillis() * 1_000;
    private long sent;

    Customers(OrderEvents events) {
        this.events = events;
    }

    void order(int orders) {
        send(orders, 0, 0);
    }

    /** Every n-th event is cut off. */
    void orderWithBroken(int orders, int every) {
        send(orders, every, 0);
    }

    /** Every n-th order is a gift. */
    void orderWithGifts(int orders, int every) {
        send(orders, 0, every);
    }

    long sent() {
        return sent;
    }

    private void send(int orders, int brokenEvery, int giftEvery) {
        List<CompletableFuture<?>> confirmations = new ArrayList<>();
        for (int i = 1; i <= orders; i++) {
            Order order =
                    new Order(++lastId, ITEMS.get(i % ITEMS.size()), 1 + i % 3, giftEvery > 0 && i % giftEvery == 0);
            boolean broken = brokenEvery > 0 && i % brokenEvery == 0;
            confirmations.add(broken ? events.publishBroken(order) : events.publish(order));
        }
        confirmations.forEach(CompletableFuture::join);
        sent += orders;
    }
}
