package io.github.resiliencestarter.samples.orders.shop;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The orders that were processed, each with how often: an event may come twice. */
@Repository
public class ProcessedOrders {

    private final JdbcClient jdbc;

    ProcessedOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Order order) {
        int known = jdbc.sql("UPDATE processed_order SET times = times + 1 WHERE id = ?")
                .param(order.id())
                .update();
        if (known == 0) {
            jdbc.sql("INSERT INTO processed_order (id, item, quantity, times) VALUES (?, ?, ?, 1)")
                    .params(order.id(), order.item(), order.quantity())
                    .update();
        }
    }

    /** How many there are, each counted once. */
    public long count() {
        return jdbc.sql("SELECT COUNT(*) FROM processed_order")
                .query(Long.class)
                .single();
    }

    /** How many of them were processed more than once. */
    public long repeated() {
        return jdbc.sql("SELECT COUNT(*) FROM processed_order WHERE times > 1")
                .query(Long.class)
                .single();
    }
}
