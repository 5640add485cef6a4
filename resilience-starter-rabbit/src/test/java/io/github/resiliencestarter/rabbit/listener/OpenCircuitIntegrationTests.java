package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@WithRabbit
class OpenCircuitIntegrationTests {

    private static final Duration A_WHILE = Duration.ofMillis(500);

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({"simple, reserve", "direct, reserveWrapped"})
    void an_outage_costs_some_probes_and_not_a_single_message(String type, String call, RabbitServer rabbit) {
        host = host(rabbit)
                .with("spring.rabbitmq.listener.type", type)
                .with("test.call", call)
                .with("test.concurrency", 2)
                .start();
        AtomicInteger trials = trials();
        inventory().down(true);
        host.send(Host.values("a", 300));

        await().until(() -> trials.get() >= 6);
        assertThat(inventory().calls()).isLessThanOrEqualTo(6 + trials.get());
        assertThat(told()).containsExactly("paused OPEN_CIRCUIT inventory");

        inventory().down(false);
        await().untilAsserted(
                        () -> assertThat(inventory().reserved()).containsExactlyInAnyOrder(Host.values("a", 300)));
        assertThat(told()).containsExactly("paused OPEN_CIRCUIT inventory", "resumed OPEN_CIRCUIT inventory");
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void an_outage_costs_batches_some_probes_of_one_message_and_not_a_single_message(RabbitServer rabbit) {
        host = host(rabbit, InBatches.class)
                .with("resilience.rabbit.listener.circuit.probe-attempts", 1_000)
                .start();
        AtomicInteger trials = trials();
        inventory().down(true);
        host.send(Host.values("a", 40));

        await().until(() -> trials.get() >= 6);
        assertThat(inventory().calls()).isLessThanOrEqualTo(6 + trials.get());
        assertThat(told()).containsExactly("paused OPEN_CIRCUIT inventory");

        inventory().down(false);
        await().untilAsserted(() -> assertThat(inventory().reserved()).containsExactlyInAnyOrder(Host.values("a", 40)));
        assertThat(told()).containsExactly("paused OPEN_CIRCUIT inventory", "resumed OPEN_CIRCUIT inventory");
        assertThat(host.bean(InBatches.class).probes)
                .hasSizeGreaterThanOrEqualTo(6)
                .containsOnly(1);
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_circuit_breaker_that_only_the_listener_knows_is_probed_from_time_to_time(RabbitServer rabbit) {
        host = host(rabbit)
                .with("test.call", "reserveByHand")
                .with("resilience.rabbit.listener.circuit.probe-interval", "200ms")
                .start();
        inventory().down(true);
        host.send(Host.values("a", 20));
        await().until(() -> inventory().calls() >= 4);
        inventory().down(false);

        await().untilAsserted(() -> assertThat(inventory().reserved()).containsExactlyInAnyOrder(Host.values("a", 20)));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_circuit_that_was_opened_by_hand_waits_for_whoever_did_that(RabbitServer rabbit) {
        host = host(rabbit).start();
        breaker().transitionToForcedOpenState();
        host.send(Host.values("a", 20));
        await().untilAsserted(() -> assertThat(told()).hasSize(1));
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        // It waits, instead of asking again and again.
        assertThat(breaker().getMetrics().getNumberOfNotPermittedCalls()).isLessThanOrEqualTo(2);
        breaker().reset();

        await().untilAsserted(() -> assertThat(inventory().reserved()).containsExactly(Host.values("a", 20)));
    }

    @Test
    void a_message_that_opens_the_circuit_by_itself_is_given_up_in_the_end(RabbitServer rabbit) {
        host = host(rabbit)
                .with("resilience.calls.inventory.circuit-breaker.minimum-number-of-calls", 1)
                .with("resilience.calls.inventory.circuit-breaker.permitted-number-of-calls-in-half-open-state", 1)
                .with("resilience.rabbit.listener.circuit.probe-attempts", 3)
                .with("resilience.rabbit.listener.retry.max-attempts", 2)
                .with("resilience.rabbit.listener.keep-order", true)
                .start();
        inventory().failFor("a1");
        host.send("a1", "a2");

        await().untilAsserted(() -> assertThat(inventory().reserved()).containsExactly("a2"));
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("a1"));
        assertThat(inventory().asked()).containsExactly("a1", "a1", "a1", "a1", "a1", "a2");
    }

    @Test
    void a_container_that_is_stopped_and_started_behind_an_open_circuit_loses_nothing(RabbitServer rabbit) {
        host = host(rabbit).with("test.concurrency", 2).start();
        breaker().transitionToForcedOpenState();
        host.send(Host.values("a", 20));
        await().untilAsserted(() -> assertThat(told()).hasSize(1));
        host.container().stop();
        host.container().start();
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        breaker().reset();

        await().untilAsserted(() -> assertThat(inventory().reserved()).containsExactlyInAnyOrder(Host.values("a", 20)));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_full_bulkhead_is_waited_for(RabbitServer rabbit) {
        host = host(rabbit).with("test.call", "reserveOneByOne").start();
        Bulkhead stock = host.bean(BulkheadRegistry.class).bulkhead("stock");
        assertThat(stock.tryAcquirePermission()).isTrue();
        host.send("a", "b");
        await().during(A_WHILE).until(() -> inventory().calls() == 0);
        stock.onComplete();

        await().untilAsserted(() -> assertThat(inventory().reserved()).containsExactly("a", "b"));
        assertThat(told()).isEmpty();
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void who_does_not_want_that_gets_dead_letters(RabbitServer rabbit) {
        host = host(rabbit)
                .with("resilience.rabbit.listener.pause-on-open-circuit", false)
                .start();
        breaker().transitionToForcedOpenState();
        host.send("a", "b");

        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactlyInAnyOrder("a", "b"));
        assertThat(told()).isEmpty();
    }

    private static Host host(RabbitServer rabbit) {
        return host(rabbit, Listener.class);
    }

    private static Host host(RabbitServer rabbit, Class<?> listener) {
        String breaker = "resilience.calls.inventory.circuit-breaker.";
        return Host.of(rabbit, listener)
                .with("resilience.calls.inventory.retry.max-attempts", 1)
                .with(breaker + "minimum-number-of-calls", 5)
                .with(breaker + "sliding-window-size", 5)
                .with(breaker + "wait-duration-in-open-state", "200ms")
                .with(breaker + "permitted-number-of-calls-in-half-open-state", 2)
                .with("resilience.calls.stock.retry.max-attempts", 1)
                .with("resilience.calls.stock.bulkhead.max-concurrent-calls", 1)
                .with("resilience.rabbit.listener.retry.max-attempts", 6)
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
    static class Remote {

        @Bean
        Inventory inventory() {
            return new Inventory();
        }

        @Bean
        Told told() {
            return new Told();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listener extends Remote {

        @Bean
        Orders listener(Inventory inventory, Environment environment) {
            return new Orders(inventory, environment.getRequiredProperty("test.call"));
        }
    }

    record Orders(Inventory inventory, String call) {

        @RabbitListener(id = "orders", queues = "${test.queue}", concurrency = "${test.concurrency}")
        void onOrder(String order) throws Exception {
            switch (call) {
                case "reserve" -> inventory.reserve(order);
                case "reserveWrapped" -> inventory.reserveWrapped(order);
                case "reserveOneByOne" -> inventory.reserveOneByOne(order);
                default -> inventory.reserveByHand(order);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InBatches extends Remote {

        /** How many messages the listener got each time that the circuit breaker was not closed. */
        private final List<Integer> probes = new CopyOnWriteArrayList<>();

        @Bean
        SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(ConnectionFactory connections) {
            return Batches.ofEight(connections);
        }

        @Bean
        Object listener(Inventory inventory, CircuitBreakerRegistry breakers) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrders(List<String> orders) throws IOException {
                    if (breakers.circuitBreaker("inventory").getState() != State.CLOSED) {
                        probes.add(orders.size());
                    }
                    for (String order : orders) {
                        inventory.reserve(order);
                    }
                }
            };
        }
    }
}
