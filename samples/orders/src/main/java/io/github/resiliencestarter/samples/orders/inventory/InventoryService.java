package io.github.resiliencestarter.samples.orders.inventory;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** The remote. A request takes a few milliseconds, and fails while the service is down. Thread-safe. */
@Component
public class InventoryService {

    private static final long ANSWERS_AFTER_MILLIS = 2;

    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean down;

    public void reserve(long orderId, String item) throws InventoryDownException {
        requests.incrementAndGet();
        if (down) {
            throw new InventoryDownException();
        }
        try {
            Thread.sleep(ANSWERS_AFTER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InventoryDownException();
        }
    }

    public void setDown(boolean down) {
        this.down = down;
    }

    /** How many requests have reached it, those that failed included. */
    public int requests() {
        return requests.get();
    }
}
