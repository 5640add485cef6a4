package io.github.resiliencestarter.rabbit.listener;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/**
 * Messages that reach the listener together. Immutable.
 *
 * @param failed how often they have failed as a whole, of which it is known that they contain what fails; null before
 */
record Chunk(List<Delivery> deliveries, @Nullable Tried failed) {

    List<Message> messages() {
        return deliveries.stream().map(Delivery::message).toList();
    }

    Delivery first() {
        return deliveries.get(0);
    }

    Chunk part(int start, int end) {
        return new Chunk(deliveries.subList(start, end), failed);
    }

    Chunk without(Set<Delivery> others) {
        return new Chunk(
                deliveries.stream().filter(each -> !others.contains(each)).toList(), failed);
    }
}
