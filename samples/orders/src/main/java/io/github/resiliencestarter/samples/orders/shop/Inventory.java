package io.github.resiliencestarter.samples.orders.shop;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.samples.orders.inventory.InventoryDownException;
import io.github.resiliencestarter.samples.orders.inventory.InventoryService;
import org.springframework.stereotype.Component;

/** The one class that talks to the inventory service. */
@Component
class Inventory {

    private final InventoryService service;

    Inventory(InventoryService service) {
        this.service = service;
    }

    @ResilientCall(name = "inventory")
    public void reserve(Order order) throws InventoryDownException {
        service.reserve(order.id(), order.item());
    }
}
