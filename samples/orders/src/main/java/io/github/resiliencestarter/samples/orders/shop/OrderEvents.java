package io.github.resiliencestarter.samples.orders.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Says in events what is ordered. */
@Component
public class OrderEvents {

    private final OrderChannel channel;
    private final ObjectMapper json;

    OrderEvents(OrderChannel channel, ObjectMapper json) {
        this.channel = channel;
        this.json = json;
    }

    public CompletableFuture<?> publish(Order order) {
        try {
            return channel.send(order.id(), json.writeValueAsString(order));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An event that somebody has cut off. */
    public CompletableFuture<?> publishBroken(Order order) {
        return channel.send(order.id(), "{\"id\":" + order.id() + ",\"item\":\"" + order.item());
    }
}
