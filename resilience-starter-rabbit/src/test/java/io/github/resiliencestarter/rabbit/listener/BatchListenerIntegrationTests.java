package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.rabbit.listener.Batches.Calls;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.batch.SimpleBatchingStrategy;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.amqp.support.converter.MessageConversionException;
import org.springframework.amqp.support.converter.SimpleMessageConverter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

@WithRabbit
class BatchListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_batch_that_fails_is_tried_again_as_a_whole(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class).send("a", "b", "c").start();
        recorder().failUntil(2, "b");
        await().until(() -> recorder().count("c") == 1);
        assertThat(calls()).containsExactly(List.of("a", "b", "c"), List.of("a", "b", "c"));
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void of_a_batch_that_fails_for_good_only_what_fails_alone_is_a_dead_letter(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class)
                .with("resilience.rabbit.listener.retry.max-attempts", 2)
                .send("a", "poison", "c", "d", "e", "poison2")
                .start();
        Recorder recorder = recorder();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison", "poison2"));
        assertThat(recorder.seen()).contains("a", "c", "d", "e");
        host.send("f");
        await().until(() -> recorder.seen().contains("f"));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void where_the_listener_says_which_have_failed_the_others_are_processed_once(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class).start();
        host.bean(Calls.class).saysWhich = true;
        host.send("a", "poison", "c", "poison2", "e");
        Recorder recorder = recorder();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison", "poison2"));
        assertThat(recorder.seen()).contains("e").containsOnlyOnce("a", "c");
        assertThat(recorder.count("poison")).isEqualTo(3);
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_listener_that_empties_its_list_loses_nothing(RabbitServer rabbit) {
        host = Host.of(rabbit, Emptying.class).send("a", "b", "c").start();
        await().until(() -> recorder().count("c") == 1);
        assertThat(recorder().seen()).containsExactly("a", "b", "a", "b", "c");
        await().until(() -> host.unacknowledged() == 0);
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void what_cannot_be_converted_is_a_dead_letter_and_the_others_are_processed(RabbitServer rabbit) {
        host = Host.of(rabbit, Numbers.class).send("1", "x", "3").start();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("x"));
        assertThat(recorder().seen()).containsExactly("1", "3");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void of_messages_that_were_published_as_one_within_a_batch_what_fails_is_a_letter_of_its_own(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class).start();
        Recorder recorder = recorder();
        publishAsOne("a", "poison", "c");
        host.send("d");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        await().until(() -> recorder.seen().contains("d"));
        assertThat(recorder.seen()).contains("a", "c");
        assertThat(host.unacknowledged()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"simple, true", "simple, false", "direct, true", "direct, false"})
    void of_messages_that_were_published_as_one_only_what_fails_is_a_dead_letter(
            String type, boolean byContainer, RabbitServer rabbit) {
        host = Host.of(rabbit, Published.class)
                .with("test.type", type)
                .with("test.by-container", byContainer)
                .start();
        Recorder recorder = recorder();
        publishAsOne("a", "poison", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        await().untilAsserted(() -> assertThat(recorder.seen()).contains("a", "c"));
        publishAsOne("d", "e");
        await().until(() -> recorder.seen().contains("e"));
        GetResponse letter = host.messages(host.queue() + ".dlq").get(0);
        assertThat(String.valueOf(letter.getProps().getHeaders())).doesNotContain("springBatchFormat");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void what_was_published_as_one_and_cannot_be_read_is_a_dead_letter_as_it_was(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class)
                .sendWith(Map.of("springBatchFormat", "lengthHeader4"), "garbage")
                .send("a")
                .start();
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("garbage"));
        await().until(() -> recorder().seen().contains("a"));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_batch_that_waits_is_given_back_when_the_service_stops(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "5m")
                .with("resilience.rabbit.listener.retry.backoff.max-delay", "5m")
                .send("a", "poison", "c")
                .start();
        await().until(() -> recorder().seen().contains("poison"));
        assertThat(host.unacknowledged()).isEqualTo(3);
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void what_was_published_as_one_is_not_acknowledged_while_a_part_of_it_waits(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class)
                .with("resilience.rabbit.listener.retry.backoff.delay", "5m")
                .with("resilience.rabbit.listener.retry.backoff.max-delay", "5m")
                .start();
        host.bean(Calls.class).saysWhich = true;
        publishAsOne("a", "poison", "c");
        await().until(() -> recorder().seen().contains("c"));
        assertThat(host.unacknowledged()).isOne();
    }

    private void publishAsOne(String... values) {
        SimpleBatchingStrategy batch = new SimpleBatchingStrategy(values.length, 10_000, 10_000);
        RabbitTemplate template = host.bean(RabbitTemplate.class);
        Arrays.stream(values)
                .map(value -> batch.addToBatch("", host.queue(), new Message(value.getBytes(StandardCharsets.UTF_8))))
                .filter(Objects::nonNull)
                .forEach(whole -> template.send("", host.queue(), whole.getMessage()));
    }

    private Recorder recorder() {
        return host.bean(Recorder.class);
    }

    private List<List<String>> calls() {
        return host.bean(Calls.class).seen;
    }

    /** A listener whose messages are converted, each of them. */
    @Configuration(proxyBeanMethods = false)
    static class Emptying {

        @Bean
        Recorder recorder() {
            return new Recorder().failUntil(2, "b");
        }

        @Bean
        SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(ConnectionFactory connections) {
            return Batches.ofEight(connections);
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrders(List<Message> orders) {
                    while (!orders.isEmpty()) {
                        recorder.see(new String(orders.remove(0).getBody()));
                    }
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Numbers {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        @Bean
        SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(ConnectionFactory connections) {
            SimpleRabbitListenerContainerFactory factory = new Batches().rabbitListenerContainerFactory(connections);
            factory.setMessageConverter(new SimpleMessageConverter() {
                @Override
                public Object fromMessage(Message message) {
                    try {
                        return Integer.valueOf(new String(message.getBody(), StandardCharsets.UTF_8));
                    } catch (NumberFormatException e) {
                        throw new MessageConversionException("no number", e);
                    }
                }
            });
            return factory;
        }

        @Bean
        Object listener(Recorder recorder) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrders(List<Integer> orders) {
                    orders.forEach(order -> recorder.see(order.toString()));
                }
            };
        }
    }

    /** A listener whose batches are made by the publisher; the one that takes them apart itself asks for a header too. */
    @Configuration(proxyBeanMethods = false)
    static class Published {

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        AbstractRabbitListenerContainerFactory<?> rabbitListenerContainerFactory(
                ConnectionFactory connections,
                @Value("${test.type}") String type,
                @Value("${test.by-container}") boolean byContainer) {
            AbstractRabbitListenerContainerFactory<?> factory = type.equals("simple")
                    ? new SimpleRabbitListenerContainerFactory()
                    : new DirectRabbitListenerContainerFactory();
            factory.setConnectionFactory(connections);
            factory.setBatchListener(true);
            factory.setDeBatchingEnabled(byContainer);
            return factory;
        }

        @Bean
        Object listener(Recorder recorder, @Value("${test.by-container}") boolean byContainer) {
            if (byContainer) {
                return new Object() {
                    @RabbitListener(id = "orders", queues = "${test.queue}")
                    void onOrders(List<byte[]> orders) {
                        orders.forEach(order -> recorder.see(new String(order)));
                    }
                };
            }
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrders(List<byte[]> orders, @Header(AmqpHeaders.DELIVERY_TAG) long tag) {
                    orders.forEach(order -> recorder.see(new String(order)));
                }
            };
        }
    }
}
