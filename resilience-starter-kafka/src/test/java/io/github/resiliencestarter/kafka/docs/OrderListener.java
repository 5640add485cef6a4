package io.github.resiliencestarter.kafka.docs;

import io.github.resiliencestarter.kafka.KafkaResilience;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.MessageListenerContainer;

/** What docs/kafka.md shows. */
class OrderListener {

    record Order(String id) {}

    interface Warehouse {

        void reserve(Order order);

        void count(Order order);
    }

    private final Warehouse warehouse;

    OrderListener(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    // tag::listener[]
    @KafkaListener(topics = "orders", groupId = "shop")
    void onOrder(Order order) {
        warehouse.reserve(order); // throws what it throws
    }
    // end::listener[]

    // tag::batch[]
    @KafkaListener(topics = "orders", groupId = "statistics", batch = "true")
    void onOrders(List<ConsumerRecord<String, Order>> orders) {
        for (ConsumerRecord<String, Order> order : orders) {
            try {
                warehouse.count(order.value());
            } catch (RuntimeException failure) {
                throw new BatchListenerFailedException("not counted", failure, order);
            }
        }
    }
    // end::batch[]

    void byHand(KafkaResilience resilience, MessageListenerContainer container) {
        // tag::by-hand[]
        resilience.protect(container); // a bean of type KafkaResilience
        container.start();
        // end::by-hand[]
    }
}
