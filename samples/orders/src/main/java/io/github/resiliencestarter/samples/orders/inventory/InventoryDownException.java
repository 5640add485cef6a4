package io.github.resiliencestarter.samples.orders.inventory;

import java.io.IOException;

/** The connection was refused. */
public class InventoryDownException extends IOException {

    public InventoryDownException() {
        super("connection refused");
    }
}
