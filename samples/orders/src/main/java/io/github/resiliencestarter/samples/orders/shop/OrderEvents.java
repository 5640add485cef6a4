package io.github.resiliencestarter.samples.orders.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Puts order events on their topic. */
@Component
public class OrderEvents {

    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 3;

    private final KafkaTemplate<String, String> kafka;
    private final ObjectMapper json;

    OrderEvents(KafkaTemplate<String, String> kafka, ObjectMapper json) {
        this.kafka = kafka;
        this.json = json;
    }

    public CompletableFuture<?> publish(Order order) {
        try {
            return kafka.send(TOPIC, Long.toString(order.id()), json.writeValueAsString(order));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An event that somebody has cut off. */
    public CompletableFuture<?> publishBroken(Order order) {
        return kafka.send(TOPIC, Long.toString(order.id()), "{\"id\":" + order.id() + ",\"item\":\"" + order.item());
    }

    @Component
    static class Topics {

        @Bean
        NewTopic orders() {
            return TopicBuilder.name(TOPIC).partitions(PARTITIONS).build();
        }
    }
}
