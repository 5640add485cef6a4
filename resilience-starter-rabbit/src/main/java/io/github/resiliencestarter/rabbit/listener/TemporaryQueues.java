package io.github.resiliencestarter.rabbit.listener;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.amqp.core.Queue;

/**
 * The queues of the host that are gone with their consumer or their broker. They have no dead letter queue, and what is in them was
 * never meant to be kept.
 *
 * @param declared what the host declares; asked for each time, because a queue may get its name late
 */
public record TemporaryQueues(Supplier<Stream<Queue>> declared) {

    /** Whether none of them lasts, so that a message of theirs that fails has nowhere to go. */
    boolean areAll(Collection<String> queues) {
        return !queues.isEmpty() && queues.stream().allMatch(this::isOne);
    }

    private boolean isOne(String name) {
        return declared.get()
                .filter(queue ->
                        name.equals(queue.getActualName()) || queue.getName().equals(name))
                .anyMatch(queue -> queue.isExclusive() || queue.isAutoDelete() || !queue.isDurable());
    }
}
