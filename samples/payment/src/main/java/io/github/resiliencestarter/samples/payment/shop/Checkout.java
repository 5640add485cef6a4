package io.github.resiliencestarter.samples.payment.shop;

import java.net.URI;
import org.springframework.stereotype.Service;

/** Places orders. Not transactional: a slow gateway would hold a database connection per waiting customer. */
@Service
class Checkout {

    private final Orders orders;
    private final PaymentGateway gateway;

    Checkout(Orders orders, PaymentGateway gateway) {
        this.orders = orders;
        this.gateway = gateway;
    }

    /** Returns the number of the order; its status says whether the gateway has taken the payment, or nobody knows. */
    long place(Product product, int quantity, URI callback) {
        long id = orders.insert(product, quantity);
        try {
            gateway.charge(new Payment(id, product.priceCents() * quantity, callback));
        } catch (PaymentUnknownException e) {
            // not a failure: whoever orders again might pay twice
            orders.answered(id, OrderStatus.PAYMENT_UNKNOWN);
            return id;
        } catch (RuntimeException e) {
            orders.answered(id, OrderStatus.PAYMENT_FAILED);
            throw e;
        }
        orders.answered(id, OrderStatus.PAYMENT_PENDING);
        return id;
    }
}
