package io.github.resiliencestarter.samples.orders.shop;

import io.github.resiliencestarter.samples.orders.inventory.InventoryService;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Orders from outside, and the switches for what breaks. */
@RestController
class OrderController {

    private final OrderEvents events;
    private final ProcessedOrders processed;
    private final InventoryService inventory;
    private final GiftWrapping wrapping;

    OrderController(OrderEvents events, ProcessedOrders processed, InventoryService inventory, GiftWrapping wrapping) {
        this.events = events;
        this.processed = processed;
        this.inventory = inventory;
        this.wrapping = wrapping;
    }

    @PostMapping("/orders")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void order(@RequestBody Order order) {
        events.publish(order).join();
    }

    @GetMapping("/orders")
    Map<String, Long> orders() {
        return Map.of("processed", processed.count(), "repeated", processed.repeated());
    }

    @PutMapping("/inventory/{state}")
    void inventory(@PathVariable InventoryState state) {
        inventory.setDown(state == InventoryState.DOWN);
    }

    @PutMapping("/gift-wrapping/{state}")
    void wrapping(@PathVariable WrappingState state) {
        wrapping.setFixed(state == WrappingState.FIXED);
    }

    enum InventoryState {
        UP,
        DOWN
    }

    enum WrappingState {
        BROKEN,
        FIXED
    }
}
