package io.github.resiliencestarter.docs;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resiliencestarter.ResilientCall;

/** The same method before and after the migration. */
final class Migrated {

    private Migrated() {}

    static class Before {
        // tag::before[]
        @CircuitBreaker(name = "paymentGateway", fallbackMethod = "unavailable")
        @Retry(name = "paymentGateway")
        public Receipt charge(Order order) {
            // end::before[]
            return new Receipt(order.id());
        }

        private Receipt unavailable(Order order, Exception failure) {
            return new Receipt("deferred");
        }
    }

    static class After {
        // tag::after[]
        @ResilientCall(name = "paymentGateway", fallback = "unavailable", idempotent = true)
        public Receipt charge(Order order) {
            // end::after[]
            return new Receipt(order.id());
        }

        private Receipt unavailable(Order order, Exception failure) {
            return new Receipt("deferred");
        }
    }
}
