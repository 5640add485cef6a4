package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.kafka.KafkaResilience;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.retry.annotation.Backoff;
import org.springframework.util.backoff.FixedBackOff;

/** Which listeners are ours. */
@WithKafka
@ExtendWith(OutputCaptureExtension.class)
class StandingBackIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void the_error_handler_of_the_host_takes_precedence_and_the_log_says_so(KafkaServer kafka, CapturedOutput output) {
        host = Host.of(kafka, 1, SingleRecords.class, OwnHandler.class)
                .send("a", "poison", "c")
                .start();
        await().until(() -> host.bean(Recorder.class).seen().contains("c"));
        assertThat(host.bean(OwnHandler.class).recovered).containsExactly("poison");
        assertThat(host.deadLetters()).isEmpty();
        assertThat(output).containsOnlyOnce("Listener orders is not protected: its error handler is");
    }

    @Test
    void retry_topics_work_beside_ours(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class, Retried.class);
        host.with("test.retried", host.topic() + "-retried");
        host.create(host.topic() + "-retried", 1);
        host.start();
        host.sendToTopic(host.topic() + "-retried", "poison");
        host.send("poison");
        Retried retried = host.bean(Retried.class);
        await().untilAsserted(() -> assertThat(retried.given).containsExactly("poison"));
        assertThat(retried.seen).hasSize(2);
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(host.bean(Recorder.class).count("poison")).isEqualTo(3);
    }

    @Test
    void switched_off_nothing_is_touched(KafkaServer kafka) {
        host = Host.of(kafka, 1, SingleRecords.class)
                .with("resilience.kafka.consumer.enabled", "off")
                .start();
        Object listener = host.container().getContainerProperties().getMessageListener();
        assertThat(listener.getClass().getPackageName()).startsWith("org.springframework.kafka");
    }

    @Test
    void a_listener_of_a_bean_that_is_made_late_is_ours(KafkaServer kafka) {
        host = Host.of(kafka, 1, Late.class).start();
        assertThat(host.bean(KafkaListenerEndpointRegistry.class).getListenerContainers())
                .isEmpty();
        host.bean(LateOrders.class);
        host.send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
        assertThat(host.deadLetters()).containsExactly("poison");
    }

    @Test
    void a_container_that_is_made_by_hand_can_be_protected_before_it_runs(KafkaServer kafka) {
        host = Host.of(kafka, 1).start();
        Recorder recorder = new Recorder().failAlways("poison");
        ContainerProperties properties = new ContainerProperties(host.topic());
        properties.setMessageListener((MessageListener<String, String>) order -> recorder.see(order.value()));
        @SuppressWarnings("unchecked")
        ConsumerFactory<String, String> factory = host.bean(ConsumerFactory.class);
        ConcurrentMessageListenerContainer<String, String> container =
                new ConcurrentMessageListenerContainer<>(factory, properties);
        container.setBeanName("by hand");
        try {
            assertThat(host.bean(KafkaResilience.class).protect(container)).isTrue();
            assertThat(host.bean(KafkaResilience.class).protect(container)).isTrue();
            container.start();
            host.send("a", "poison", "c");
            await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(3));
            assertThat(recorder.seen()).containsExactly("a", "poison", "poison", "poison", "c");
            assertThat(host.deadLetters()).containsExactly("poison");
        } finally {
            container.stop();
        }
    }

    @Test
    void a_container_that_runs_already_cannot_be_protected_any_more(KafkaServer kafka) {
        host = Host.of(kafka, 1).start();
        ContainerProperties properties = new ContainerProperties(host.topic());
        properties.setMessageListener((MessageListener<Object, Object>) order -> {});
        @SuppressWarnings("unchecked")
        ConsumerFactory<Object, Object> factory = host.bean(ConsumerFactory.class);
        ConcurrentMessageListenerContainer<Object, Object> container =
                new ConcurrentMessageListenerContainer<>(factory, properties);
        container.setBeanName("by hand");
        container.start();
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> host.bean(KafkaResilience.class).protect(container))
                    .withMessage("Listener by hand is running already. Protect its container before it is started");
        } finally {
            container.stop();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHandler {

        private final List<String> recovered = new CopyOnWriteArrayList<>();

        @Bean
        CommonErrorHandler errorHandler(OwnHandler self) {
            return new DefaultErrorHandler(
                    (record, failure) -> self.recovered.add(String.valueOf(record.value())), new FixedBackOff(0, 1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Retried {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final List<String> given = new CopyOnWriteArrayList<>();

        @RetryableTopic(attempts = "2", backoff = @Backoff(delay = 100))
        @KafkaListener(id = "retried", topics = "${test.retried}", groupId = "${test.retried}")
        void onOrder(String order) {
            seen.add(order);
            throw new IllegalStateException("poison");
        }

        @org.springframework.kafka.annotation.DltHandler
        void onDeadLetter(String order) {
            given.add(order);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Late {

        @Bean
        @Lazy
        LateOrders late() {
            return new LateOrders();
        }
    }

    static class LateOrders {

        @KafkaListener(id = "late", topics = "${test.topic}", idIsGroup = false)
        void onOrder(String order) {
            if (order.equals("poison")) {
                throw new IllegalStateException(order);
            }
        }
    }
}
