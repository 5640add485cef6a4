package io.github.resiliencestarter.docs;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.operations.CircuitStateChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

// tag::listener[]
@Component
class Alarm {

    @EventListener
    void on(CircuitStateChanged event) {
        if (event.to() == CircuitBreaker.State.OPEN) {
            // event.call() has stopped calling its remote
        }
    }
}
// end::listener[]
