package io.github.resiliencestarter.samples.payment.shop;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/orders")
class OrderController {

    private final Products products;
    private final Checkout checkout;
    private final Orders orders;

    OrderController(Products products, Checkout checkout, Orders orders) {
        this.products = products;
        this.checkout = checkout;
        this.orders = orders;
    }

    @PostMapping
    ResponseEntity<Order> place(@RequestBody NewOrder order, UriComponentsBuilder shop) {
        Product product = products.find(order.productId())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST, "no such product"));
        URI callback = shop.cloneBuilder().path("/payments/callback").build().toUri();
        long id = checkout.place(product, order.quantity(), callback);
        URI location = shop.path("/orders/{id}").build(id);
        Order placed = get(id);
        boolean unknown = placed.status() == OrderStatus.PAYMENT_UNKNOWN;
        return ResponseEntity.status(unknown ? HttpStatus.ACCEPTED : HttpStatus.CREATED)
                .location(location)
                .body(placed);
    }

    @GetMapping("/{id}")
    Order get(@PathVariable long id) {
        return orders.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    record NewOrder(long productId, int quantity) {

        NewOrder {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity must be at least 1");
            }
        }
    }
}
