package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.call.plan.Suggestion;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.Queue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;

/** Whether the queues that have settings of their own are consumed at all: a name that is mistyped would have no effect. */
record ConsumedQueues(@Nullable Map<String, Queue> configured) {

    private static final Logger log = LoggerFactory.getLogger(ConsumedQueues.class);

    void warnOfUnknown(Collection<MessageListenerContainer> containers) {
        if (configured == null || configured.isEmpty()) {
            return;
        }
        Set<String> consumed = new TreeSet<>();
        containers.forEach(container -> consumed.addAll(queues(container)));
        for (String queue : configured.keySet()) {
            if (!consumed.contains(queue)) {
                log.warn(
                        "resilience.rabbit.listener.queues.{}: no listener consumes this queue. {}",
                        queue,
                        Suggestion.didYouMean(queue, consumed, "Remove it, or name one of " + consumed));
            }
        }
    }

    private static List<String> queues(MessageListenerContainer container) {
        return container instanceof AbstractMessageListenerContainer known ? List.of(known.getQueueNames()) : List.of();
    }
}
