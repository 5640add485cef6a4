package io.github.resiliencestarter.samples.payment.shop;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Products {

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Product> all() {
        return jdbc.sql("SELECT id, name, price_cents FROM product ORDER BY id")
                .query(Product.class)
                .list();
    }

    Optional<Product> find(long id) {
        return jdbc.sql("SELECT id, name, price_cents FROM product WHERE id = ?")
                .param(id)
                .query(Product.class)
                .optional();
    }
}
