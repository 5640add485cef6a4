package io.github.resiliencestarter.samples.orders.broker;

import io.github.resiliencestarter.samples.orders.inventory.InventoryDownException;
import io.github.resiliencestarter.samples.orders.shop.OrderChannel;
import io.github.resiliencestarter.samples.orders.shop.Orders;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaTemplate;

/** Orders come and go by a topic of Kafka. */
@Configuration(proxyBeanMethods = false)
@Profile("!rabbit")
class KafkaOrders {

    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 3;

    @Bean
    NewTopic ordersTopic() {
        return TopicBuilder.name(TOPIC).partitions(PARTITIONS).build();
    }

    @Bean
    OrderChannel channel(KafkaTemplate<String, String> kafka) {
        return (orderId, event) -> kafka.send(TOPIC, Long.toString(orderId), event);
    }

    @Bean
    Listener listener(Orders orders) {
        return new Listener(orders);
    }

    static class Listener {

        private final Orders orders;

        Listener(Orders orders) {
            this.orders = orders;
        }

        // tag::listener[]
        @KafkaListener(id = "orders", topics = "orders")
        void on(String event) throws InventoryDownException {
            orders.take(event);
        }
        // end::listener[]
    }
}
