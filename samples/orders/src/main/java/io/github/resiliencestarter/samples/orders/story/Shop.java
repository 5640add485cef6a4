package io.github.resiliencestarter.samples.orders.story;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.samples.orders.inventory.InventoryService;
import io.github.resiliencestarter.samples.orders.shop.GiftWrapping;
import io.github.resiliencestarter.samples.orders.shop.OrderEvents;
import io.github.resiliencestarter.samples.orders.shop.ProcessedOrders;
import org.springframework.stereotype.Component;

/** Everything that the story does to the service, and sees of it. */
@Component
record Shop(
        OrderEvents events,
        ProcessedOrders processed,
        InventoryService inventory,
        GiftWrapping wrapping,
        DeadLetterStore letters,
        CircuitBreakerRegistry circuits) {

    /** Nobody has put them right yet. */
    long openLetters() {
        LetterFilter orders = LetterFilter.ofSource("orders");
        return letters.count(orders.withStatus(LetterStatus.OPEN))
                + letters.count(orders.withStatus(LetterStatus.REPLAYED));
    }

    boolean isCircuitOpen() {
        return circuits.circuitBreaker("inventory").getState() == CircuitBreaker.State.OPEN;
    }
}
