package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.kafka.KafkaResilience;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Protects all containers in the moment before the first of them starts: by then the host has customized them, so what it has
 * set is seen, and takes precedence.
 */
class ListenerStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenerStart.class);

    private final KafkaResilience resilience;
    private final ConsumedTopics topics;
    private final ConfigurableListableBeanFactory beans;
    private volatile boolean started;

    ListenerStart(KafkaResilience resilience, ConsumedTopics topics, ConfigurableListableBeanFactory beans) {
        this.resilience = resilience;
        this.topics = topics;
        this.beans = beans;
    }

    /** Before everything else that starts, and after it when it stops. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void start() {
        Set<MessageListenerContainer> containers = containers();
        containers.forEach(this::protect);
        topics.warnOfUnknown(containers);
        started = true;
    }

    /** A container that was made when the others had started already. */
    void protectLate(MessageListenerContainer container) {
        if (started) {
            protect(container);
        }
    }

    private void protect(MessageListenerContainer container) {
        try {
            resilience.protect(container);
        } catch (IllegalStateException impossible) {
            log.warn("{}", impossible.getMessage());
        }
    }

    /** Those that are there: a lazy bean is not made for this. */
    private Set<MessageListenerContainer> containers() {
        Set<MessageListenerContainer> containers = new LinkedHashSet<>();
        for (String name : beans.getBeanNamesForType(KafkaListenerEndpointRegistry.class, true, false)) {
            containers.addAll(
                    beans.getBean(name, KafkaListenerEndpointRegistry.class).getListenerContainers());
        }
        for (String name : beans.getBeanNamesForType(MessageListenerContainer.class, true, false)) {
            if (beans.containsSingleton(name)) {
                containers.add(beans.getBean(name, MessageListenerContainer.class));
            }
        }
        return containers;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
