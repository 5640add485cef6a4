package io.github.resiliencestarter.rabbit.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class ListeningContainersTests {

    private static final DeadLetterNames NAMES =
            new DeadLetterNames("{queue}{suffix}", ".dlq", "{queue}.dlx", "{queue}.retry.{delay}");

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final ListeningContainers containers = new ListeningContainers(beans);

    @Test
    void dead_letters_that_a_listener_of_the_host_consumes_are_left_to_it() {
        container("orders", "payments");
        container("payments.dlq");

        assertThat(containers.deadLetterQueues(NAMES)).containsExactly("orders.dlq", "payments.dlq.dlq");
    }

    /** Its listener counts as one of ours, because this test is. */
    private void container(String... queues) {
        DirectMessageListenerContainer container = new DirectMessageListenerContainer();
        container.setQueueNames(queues);
        MessageListener listener = message -> {};
        container.setMessageListener(listener);
        beans.registerSingleton(queues[0], container);
    }
}
