package io.github.resiliencestarter.samples.orders.broker;

import io.github.resiliencestarter.samples.orders.inventory.InventoryDownException;
import io.github.resiliencestarter.samples.orders.shop.OrderChannel;
import io.github.resiliencestarter.samples.orders.shop.Orders;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Orders come and go by a queue of RabbitMQ. */
@Configuration(proxyBeanMethods = false)
@Profile("rabbit")
class RabbitOrders {

    private static final String QUEUE = "orders";

    /** What the broker itself gives up goes where the service's dead letters go. */
    @Bean
    Queue ordersQueue() {
        return QueueBuilder.durable(QUEUE)
                .quorum()
                .deadLetterExchange(QUEUE + ".dlx")
                .build();
    }

    @Bean
    OrderChannel channel(RabbitTemplate rabbit) {
        return (orderId, event) -> {
            CorrelationData order = new CorrelationData(Long.toString(orderId));
            rabbit.convertAndSend("", QUEUE, event, order);
            return order.getFuture().thenAccept(confirm -> {
                if (!confirm.isAck()) {
                    throw new IllegalStateException("the broker has refused order " + orderId);
                }
            });
        };
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
        @RabbitListener(id = "orders", queues = "orders")
        void on(String event) throws InventoryDownException {
            orders.take(event);
        }
        // end::listener[]
    }
}
