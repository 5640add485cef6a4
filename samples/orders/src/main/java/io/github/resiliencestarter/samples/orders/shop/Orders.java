package io.github.resiliencestarter.samples.orders.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resiliencestarter.samples.orders.inventory.InventoryDownException;
import org.springframework.stereotype.Component;

/** What the service is there for, whichever broker brings the events. Nothing here retries, catches or dead-letters: that is application.yml. */
@Component
public class Orders {

    private final ObjectMapper json;
    private final GiftWrapping wrapping;
    private final Inventory inventory;
    private final ProcessedOrders processed;

    Orders(ObjectMapper json, GiftWrapping wrapping, Inventory inventory, ProcessedOrders processed) {
        this.json = json;
        this.wrapping = wrapping;
        this.inventory = inventory;
        this.processed = processed;
    }

    // tag::take[]
    public void take(String event) throws InventoryDownException {
        Order order = read(event);
        if (order.gift()) {
            wrapping.wrap(order);
        }
        inventory.reserve(order);
        processed.add(order);
    }
    // end::take[]

    private Order read(String event) {
        try {
            return json.readValue(event, Order.class);
        } catch (JsonProcessingException e) {
            throw new UnreadableOrderException(e);
        }
    }
}
