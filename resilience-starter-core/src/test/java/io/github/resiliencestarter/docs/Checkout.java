package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCalls;
import java.util.function.Function;
import org.springframework.stereotype.Component;

// tag::checkout[]
@Component
class Checkout {

    private final ProtectedCall payment;
    private final Function<Order, Receipt> gateway;

    Checkout(ResilientCalls calls, Function<Order, Receipt> gateway) {
        this.payment = calls.call("paymentGateway");
        this.gateway = gateway;
    }

    Receipt pay(Order order) {
        return payment.execute(() -> gateway.apply(order), failure -> {
            if (failure.reason() == FailureReason.CIRCUIT_OPEN) {
                return new Receipt("deferred");
            }
            throw new PaymentUnavailableException(order, failure.reason(), failure.exception());
        });
    }
}
// end::checkout[]
