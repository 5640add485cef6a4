package io.github.resiliencestarter.rabbit.docs;

import io.github.resiliencestarter.rabbit.RabbitPublisher;
import java.util.concurrent.CompletableFuture;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** What docs/rabbit-publisher.md shows. */
class OrderPublisher {

    record Order(String id) {}

    private final RabbitPublisher publisher;
    private final RabbitTemplate template;

    OrderPublisher(RabbitPublisher publisher, RabbitTemplate template) {
        this.publisher = publisher;
        this.template = template;
    }

    // tag::publisher[]
    CompletableFuture<Void> place(Order order) {
        return publisher.send("orders", "order.placed", order);
    }
    // end::publisher[]

    // tag::template[]
    void place(Order order, Runnable placed) {
        CorrelationData correlation = new CorrelationData(order.id());
        template.convertAndSend("orders", "order.placed", order, correlation);
        correlation.getFuture().thenRun(placed); // exceptionally, if no queue has it
    }
    // end::template[]
}
