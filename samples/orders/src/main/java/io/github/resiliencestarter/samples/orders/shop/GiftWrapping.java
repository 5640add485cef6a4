package io.github.resiliencestarter.samples.orders.shop;

import org.springframework.stereotype.Component;

/** It has a bug, until somebody deploys the fix. */
@Component
public class GiftWrapping {

    private volatile boolean fixed;

    void wrap(Order order) {
        if (!fixed) {
            throw new IllegalStateException("no paper in the size of " + order.item());
        }
    }

    /** What a deployment would do. */
    public void setFixed(boolean fixed) {
        this.fixed = fixed;
    }
}
