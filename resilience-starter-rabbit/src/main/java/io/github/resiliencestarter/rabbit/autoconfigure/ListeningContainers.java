package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.MessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The containers of all {@code @RabbitListener} methods, and those that are beans. A lazy bean is not made for this. */
record ListeningContainers(ConfigurableListableBeanFactory beans)
        implements Supplier<Collection<MessageListenerContainer>> {

    private static final String OURS = "io.github.resiliencestarter.";

    @Override
    public Set<MessageListenerContainer> get() {
        Set<MessageListenerContainer> containers = new LinkedHashSet<>();
        for (String name : beans.getBeanNamesForType(RabbitListenerEndpointRegistry.class, true, false)) {
            // Of an unknown type: the next line of Spring has containers of other protocols there as well.
            Collection<?> registered =
                    beans.getBean(name, RabbitListenerEndpointRegistry.class).getListenerContainers();
            for (Object each : registered) {
                if (each instanceof MessageListenerContainer container) {
                    containers.add(container);
                }
            }
        }
        for (String name : beans.getBeanNamesForType(MessageListenerContainer.class, true, false)) {
            if (beans.containsSingleton(name)) {
                containers.add(beans.getBean(name, MessageListenerContainer.class));
            }
        }
        return containers;
    }

    /** The queues of those that have a listener of ours, before the first of them starts at the earliest. */
    Set<String> protectedQueues() {
        Set<String> queues = new LinkedHashSet<>();
        for (MessageListenerContainer container : get()) {
            if (container instanceof AbstractMessageListenerContainer known && isProtected(known)) {
                queues.addAll(List.of(known.getQueueNames()));
            }
        }
        return queues;
    }

    /** Of those that have a listener of ours, but for what a listener of the host consumes: it would get some letters, and we the others. */
    Set<String> deadLetterQueues(DeadLetterNames names) {
        Set<String> letters = new LinkedHashSet<>();
        protectedQueues().forEach(queue -> letters.add(names.of(queue)));
        for (MessageListenerContainer container : get()) {
            if (container instanceof AbstractMessageListenerContainer known) {
                List.of(known.getQueueNames()).forEach(letters::remove);
            }
        }
        return letters;
    }

    /** Asked by name, so that whatever listener of ours it has counts. */
    private static boolean isProtected(AbstractMessageListenerContainer container) {
        Object listener = container.getMessageListener();
        return listener != null && listener.getClass().getName().startsWith(OURS);
    }
}
