package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;

@WithKafka
class OpenCircuitIntegrationTests {

    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reserve", "reserveWrapped"})
    void an_outage_costs_some_probes_and_not_a_single_message(String call, KafkaServer kafka) {
        host = host(kafka, 2)
                .with("test.call", call)
                .with("test.concurrency", 2)
                .start();
        AtomicInteger trials = trials();
        inventory().down(true);
        host.sendTo(0, Host.values("a", 250)).sendTo(1, Host.values("b", 250));

        await().until(() -> trials.get() >= 6);
        // five open the circuit, and the other consumer may be in a call just then
        assertThat(inventory().calls()).isLessThanOrEqualTo(6 + trials.get());
        assertThat(told()).containsExactly("paused OPEN_CIRCUIT inventory");
        assertThat(host.committed(0) + host.committed(1)).isZero();

        inventory().down(false);
        await().untilAsserted(
                        () -> assertThat(host.committed(0) + host.committed(1)).isEqualTo(500));
        assertThat(reserved("a")).containsExactly(Host.values("a", 250));
        assertThat(reserved("b")).containsExactly(Host.values("b", 250));
        assertThat(host.deadLetters()).isEmpty();
        assertThat(told()).containsExactly("paused OPEN_CIRCUIT inventory", "resumed OPEN_CIRCUIT inventory");
    }

    @Test
    void a_batch_is_held_as_a_whole_and_probed_with_one_record(KafkaServer kafka) {
        host = host(kafka, 2)
                .with("test.call", "reserve")
                .with("spring.kafka.listener.type", "batch")
                .start();
        AtomicInteger trials = trials();
        inventory().down(true);
        host.sendTo(0, Host.values("a", 50)).sendTo(1, Host.values("b", 50));

        await().untilAsserted(() -> assertThat(told()).hasSize(1));
        host.bean(Batches.class).sizes.clear();
        await().until(() -> trials.get() >= 6);
        assertThat(host.bean(Batches.class).sizes).isNotEmpty().containsOnly(1);
        assertThat(inventory().calls()).isLessThanOrEqualTo(5 + trials.get());
        inventory().down(false);
        await().untilAsserted(
                        () -> assertThat(host.committed(0) + host.committed(1)).isEqualTo(100));
        assertThat(reserved("a")).containsExactly(Host.values("a", 50));
        assertThat(reserved("b")).containsExactly(Host.values("b", 50));
        assertThat(host.deadLetters()).isEmpty();
        assertThat(told()).containsExactly("paused OPEN_CIRCUIT inventory", "resumed OPEN_CIRCUIT inventory");
    }

    @Test
    void a_batch_waits_for_a_full_bulkhead(KafkaServer kafka) {
        host = host(kafka, 1)
                .with("test.call", "reserveOneByOne")
                .with("spring.kafka.listener.type", "batch")
                .start();
        Bulkhead stock = host.bean(BulkheadRegistry.class).bulkhead("stock");
        assertThat(stock.tryAcquirePermission()).isTrue();
        host.send("a", "b");
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        stock.onComplete();

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(inventory().reserved()).containsExactly("a", "b");
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_circuit_breaker_that_only_the_listener_knows_is_probed_from_time_to_time(KafkaServer kafka) {
        host = host(kafka, 1)
                .with("test.call", "reserveByHand")
                .with("resilience.kafka.consumer.circuit.probe-interval", "200ms")
                .start();
        inventory().down(true);
        host.send(Host.values("a", 20));
        await().until(() -> inventory().calls() >= 4);
        inventory().down(false);

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(20));
        assertThat(inventory().reserved()).containsExactly(Host.values("a", 20));
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_circuit_that_was_opened_by_hand_waits_for_whoever_did_that(KafkaServer kafka) {
        host = host(kafka, 1).start();
        breaker().transitionToForcedOpenState();
        host.send(Host.values("a", 20));
        await().untilAsserted(() -> assertThat(told()).hasSize(1));
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        breaker().reset();

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(20));
        assertThat(inventory().reserved()).containsExactly(Host.values("a", 20));
    }

    @Test
    void an_operators_pause_and_that_of_the_circuit_do_not_end_each_other(KafkaServer kafka) {
        host = host(kafka, 1).start();
        breaker().transitionToForcedOpenState();
        host.send(Host.values("a", 5));
        await().untilAsserted(() -> assertThat(told()).hasSize(1));

        host.container().pause();
        await().until(() -> host.container().isContainerPaused());
        breaker().reset();
        await().during(A_WHILE).until(() -> inventory().calls() == 0);

        breaker().transitionToForcedOpenState();
        host.container().resume();
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        breaker().reset();

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(5));
        assertThat(inventory().reserved()).containsExactly(Host.values("a", 5));
    }

    @Test
    void probes_are_taken_from_one_partition_after_the_other(KafkaServer kafka) {
        host = host(kafka, 2)
                .with("resilience.calls.inventory.circuit-breaker.minimum-number-of-calls", 1)
                .with("resilience.calls.inventory.circuit-breaker.permitted-number-of-calls-in-half-open-state", 1)
                .with("resilience.kafka.consumer.circuit.probe-attempts", 3)
                .with("resilience.kafka.consumer.retry.max-attempts", 2)
                .start();
        inventory().failFor("a1");
        breaker().transitionToForcedOpenState();
        host.sendTo(0, "a1", "a2");
        await().untilAsserted(() -> assertThat(told()).hasSize(1));
        host.sendTo(1, "b1", "b2", "b3");
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        breaker().transitionToHalfOpenState();

        await().untilAsserted(() -> assertThat(host.committed(1)).isEqualTo(3));
        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(inventory().asked()).startsWith("a1", "b1");
        assertThat(inventory().reserved()).containsExactlyInAnyOrder("b1", "b2", "b3", "a2");
        assertThat(host.deadLetters()).containsExactly("a1");
    }

    @Test
    void a_message_that_opens_the_circuit_by_itself_is_given_up_in_the_end(KafkaServer kafka) {
        host = host(kafka, 1)
                .with("resilience.calls.inventory.circuit-breaker.minimum-number-of-calls", 1)
                .with("resilience.calls.inventory.circuit-breaker.permitted-number-of-calls-in-half-open-state", 1)
                .with("resilience.kafka.consumer.circuit.probe-attempts", 3)
                .with("resilience.kafka.consumer.retry.max-attempts", 2)
                .start();
        inventory().failFor("a1");
        host.send("a1", "a2");

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(host.deadLetters()).containsExactly("a1");
        assertThat(inventory().asked()).containsExactly("a1", "a1", "a1", "a1", "a1", "a2");
    }

    @Test
    void a_container_that_is_stopped_and_started_behind_an_open_circuit_loses_nothing(KafkaServer kafka) {
        host = host(kafka, 2).start();
        breaker().transitionToForcedOpenState();
        host.sendTo(0, Host.values("a", 20)).sendTo(1, Host.values("b", 20));
        await().untilAsserted(() -> assertThat(told()).hasSize(1));
        host.container().stop();
        host.container().start();
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        breaker().reset();

        await().untilAsserted(
                        () -> assertThat(host.committed(0) + host.committed(1)).isEqualTo(40));
        assertThat(reserved("a")).containsExactly(Host.values("a", 20));
        assertThat(reserved("b")).containsExactly(Host.values("b", 20));
    }

    @Test
    void partitions_that_move_to_another_instance_wait_there_and_lose_nothing(KafkaServer kafka) {
        host = host(kafka, 2).start();
        Inventory first = inventory();
        breaker().transitionToForcedOpenState();
        CircuitBreaker firstBreaker = breaker();
        host.sendTo(0, Host.values("a", 20)).sendTo(1, Host.values("b", 20));
        await().untilAsserted(() -> assertThat(told()).hasSize(1));

        host.start();
        Inventory second = inventory();
        await().untilAsserted(() -> assertThat(second.reserved()).hasSize(20));
        assertThat(first.calls()).isZero();
        firstBreaker.reset();

        await().untilAsserted(
                        () -> assertThat(host.committed(0) + host.committed(1)).isEqualTo(40));
        assertThat(Stream.concat(first.reserved().stream(), second.reserved().stream()))
                .hasSize(40)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_full_bulkhead_is_waited_for(KafkaServer kafka) {
        host = host(kafka, 1).with("test.call", "reserveOneByOne").start();
        Bulkhead stock = host.bean(BulkheadRegistry.class).bulkhead("stock");
        assertThat(stock.tryAcquirePermission()).isTrue();
        host.send("a", "b");
        await().until(() -> stock.getMetrics().getAvailableConcurrentCalls() == 0);
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        stock.onComplete();

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(inventory().reserved()).containsExactly("a", "b");
        assertThat(host.deadLetters()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_bulkhead_that_stays_full_pauses_the_partition_instead_of_the_poll(KafkaServer kafka) {
        host = host(kafka, 1)
                .with("test.call", "reserveOneByOne")
                .with("spring.kafka.consumer.properties.max.poll.interval.ms", 1000)
                .start();
        Bulkhead stock = host.bean(BulkheadRegistry.class).bulkhead("stock");
        assertThat(stock.tryAcquirePermission()).isTrue();
        host.send("a", "b");
        await().untilAsserted(() -> assertThat(told()).contains("paused FULL_BULKHEAD stock"));
        stock.onComplete();

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(inventory().reserved()).containsExactly("a", "b");
        assertThat(told()).endsWith("resumed FULL_BULKHEAD stock");
    }

    @Test
    void who_does_not_want_that_gets_dead_letters(KafkaServer kafka) {
        host = host(kafka, 1)
                .with("resilience.kafka.consumer.pause-on-open-circuit", false)
                .start();
        breaker().transitionToForcedOpenState();
        host.send("a", "b");

        await().untilAsserted(() -> assertThat(host.committed(0)).isEqualTo(2));
        assertThat(host.deadLetters()).containsExactly("a", "b");
        assertThat(told()).isEmpty();
    }

    static Host host(KafkaServer kafka, int partitions) {
        String breaker = "resilience.calls.inventory.circuit-breaker.";
        return Host.of(kafka, partitions, Listener.class)
                .with("resilience.calls.inventory.retry.max-attempts", 1)
                .with(breaker + "minimum-number-of-calls", 5)
                .with(breaker + "sliding-window-size", 5)
                .with(breaker + "wait-duration-in-open-state", "200ms")
                .with(breaker + "permitted-number-of-calls-in-half-open-state", 2)
                .with("resilience.calls.stock.retry.max-attempts", 1)
                .with("resilience.calls.stock.bulkhead.max-concurrent-calls", 1)
                .with("resilience.kafka.consumer.retry.max-attempts", 6)
                .with("test.call", "reserve")
                .with("test.concurrency", 1);
    }

    private Inventory inventory() {
        return host.bean(Inventory.class);
    }

    private CircuitBreaker breaker() {
        return host.bean(CircuitBreakerRegistry.class).circuitBreaker("inventory");
    }

    /** How many the circuit breaker has permitted. */
    private AtomicInteger trials() {
        AtomicInteger trials = new AtomicInteger();
        breaker().getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == State.HALF_OPEN) {
                trials.addAndGet(2);
            }
        });
        return trials;
    }

    private List<String> told() {
        return host.bean(Told.class).pauses;
    }

    private List<String> reserved(String prefix) {
        return inventory().reserved().stream()
                .filter(order -> order.startsWith(prefix))
                .toList();
    }

    static final class Told implements MessageObserver {

        final List<String> pauses = new CopyOnWriteArrayList<>();

        @Override
        public void paused(Pause pause) {
            pauses.add("paused " + pause.reason() + ' ' + pause.detail());
        }

        @Override
        public void resumed(Pause pause) {
            pauses.add("resumed " + pause.reason() + ' ' + pause.detail());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listener {

        @Bean
        Inventory inventory() {
            return new Inventory();
        }

        @Bean
        Told told() {
            return new Told();
        }

        @Bean
        Object listener(Inventory inventory, Environment environment) {
            String call = environment.getRequiredProperty("test.call");
            return environment
                            .getProperty("spring.kafka.listener.type", "single")
                            .equals("batch")
                    ? new Batches(inventory, call, new CopyOnWriteArrayList<>())
                    : new Orders(inventory, call);
        }
    }

    record Orders(Inventory inventory, String call) {

        @KafkaListener(id = "orders", topics = "${test.topic}", concurrency = "${test.concurrency}", idIsGroup = false)
        void onOrder(String order) throws Exception {
            reserve(inventory, call, order);
        }
    }

    record Batches(Inventory inventory, String call, List<Integer> sizes) {

        @KafkaListener(id = "orders", topics = "${test.topic}", concurrency = "${test.concurrency}", idIsGroup = false)
        void onOrders(List<ConsumerRecord<String, String>> orders) {
            sizes.add(orders.size());
            for (ConsumerRecord<String, String> order : orders) {
                try {
                    reserve(inventory, call, order.value());
                } catch (Exception e) {
                    throw new BatchListenerFailedException("no inventory", e, order);
                }
            }
        }
    }

    private static void reserve(Inventory inventory, String call, String order) throws Exception {
        switch (call) {
            case "reserve" -> inventory.reserve(order);
            case "reserveWrapped" -> inventory.reserveWrapped(order);
            case "reserveOneByOne" -> inventory.reserveOneByOne(order);
            default -> inventory.reserveByHand(order);
        }
    }
}
