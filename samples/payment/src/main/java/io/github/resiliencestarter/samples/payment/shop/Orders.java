package io.github.resiliencestarter.samples.payment.shop;

import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class Orders {

    private final JdbcClient jdbc;

    Orders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(Product product, int quantity) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("INSERT INTO orders (product_id, quantity, amount_cents, status) VALUES (?, ?, ?, 'PLACED')")
                .params(product.id(), quantity, product.priceCents() * quantity)
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    Optional<Order> find(long id) {
        return jdbc.sql("SELECT id, product_id, quantity, amount_cents, status FROM orders WHERE id = ?")
                .param(id)
                .query(Order.class)
                .optional();
    }

    /** Takes what the gateway answered, unless its callback was faster. */
    void answered(long id, OrderStatus status) {
        jdbc.sql("UPDATE orders SET status = ? WHERE id = ? AND status = 'PLACED'")
                .params(status.name(), id)
                .update();
    }

    /**
     * Takes a callback; once or often makes no difference. An order whose call has failed is paid too: perhaps only
     * the answer of the gateway was lost.
     *
     * @return whether there is such an order
     */
    boolean paid(long id) {
        return jdbc.sql("UPDATE orders SET status = 'PAID' WHERE id = ?")
                        .param(id)
                        .update()
                == 1;
    }
}
