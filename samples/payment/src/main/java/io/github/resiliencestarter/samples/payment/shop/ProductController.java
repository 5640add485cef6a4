package io.github.resiliencestarter.samples.payment.shop;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Needs no gateway. It shares Tomcat's threads with the orders, and that is how a gateway could take it down. */
@RestController
class ProductController {

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    @GetMapping("/products")
    List<Product> all() {
        return products.all();
    }
}
