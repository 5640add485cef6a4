package io.github.resiliencestarter.rabbit.docs;

import io.github.resiliencestarter.rabbit.RabbitResilience;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** What docs/rabbit.md shows. */
class OrderListener {

    record Order(String id) {}

    interface Warehouse {

        void reserve(Order order);
    }

    private final Warehouse warehouse;

    OrderListener(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    // tag::listener[]
    @RabbitListener(queues = "orders")
    void onOrder(Order order) {
        warehouse.reserve(order); // throws what it throws
    }
    // end::listener[]

    void byHand(RabbitResilience resilience, SimpleMessageListenerContainer container) {
        // tag::by-hand[]
        resilience.protect(container); // a bean of type RabbitResilience
        container.start();
        // end::by-hand[]
    }
}
