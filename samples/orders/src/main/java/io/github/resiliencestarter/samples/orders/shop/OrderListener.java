package io.github.resiliencestarter.samples.orders.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resiliencestarter.samples.orders.inventory.InventoryDownException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** What the service is there for. Nothing here retries, catches or dead-letters: that is application.yml. */
@Component
class OrderListener {

    private final ObjectMapper json;
    private final GiftWrapping wrapping;
    private final Inventory inventory;
    private final ProcessedOrders processed;

    OrderListener(ObjectMapper json, GiftWrapping wrapping, Inventory inventory, ProcessedOrders processed) {
        this.json = json;
        this.wrapping = wrapping;
        this.inventory = inventory;
        this.processed = processed;
    }

    // tag::listener[]
    @KafkaListener(id = "orders", topics = "orders")
    void on(String event) throws InventoryDownException {
        Order order = read(event);
        if (order.gift()) {
            wrapping.wrap(order);
        }
        inventory.reserve(order);
        processed.add(order);
    }
    // end::listener[]

    private Order read(String event) {
        try {
            return json.readValue(event, Order.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableOrderException(e);
        }
    }
}
