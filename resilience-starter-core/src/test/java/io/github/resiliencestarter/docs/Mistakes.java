package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;

/** Beans with the mistakes that the documentation shows. */
final class Mistakes {

    private Mistakes() {}

    static class PaymentGateway {

        // tag::misspelled[]
        @ResilientCall(name = "paymentGateway", fallback = "unavailble")
        public Receipt charge(Order order) {
            // end::misspelled[]
            return new Receipt(order.id());
        }

        private Receipt unavailable(Order order, CallFailure failure) {
            throw new PaymentUnavailableException(order, failure.reason(), failure.exception());
        }
    }
}
