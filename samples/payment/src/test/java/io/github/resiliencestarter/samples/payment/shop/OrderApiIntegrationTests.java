package io.github.resiliencestarter.samples.payment.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.samples.payment.gateway.FreePort;
import io.github.resiliencestarter.samples.payment.gateway.GatewayMode;
import io.github.resiliencestarter.samples.payment.gateway.GatewaySimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The shop with the application.yml that it ships, against a gateway that misbehaves. */
// the log of a gateway that fails a hundred times says nothing about a test
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "logging.level.io.github.resiliencestarter.call=OFF")
class OrderApiIntegrationTests {

    private static final GatewaySimulator GATEWAY = GatewaySimulator.start(FreePort.find(), 42);
    private static final ExecutorService CUSTOMERS = Executors.newCachedThreadPool();

    @Autowired
    private TestRestTemplate shop;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @DynamicPropertySource
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("shop.gateway-url", GATEWAY::uri);
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
        CUSTOMERS.shutdownNow();
    }

    @BeforeEach
    void recover() {
        GATEWAY.switchTo(GatewayMode.HEALTHY);
        breaker().reset();
    }

    @Test
    void a_callback_completes_an_order() {
        ResponseEntity<Order> answer = shop.postForEntity("/orders", order(1, 2), Order.class);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(answer.getBody().status()).isEqualTo(OrderStatus.PAYMENT_PENDING);
        await().atMost(Duration.ofSeconds(8))
                .until(
                        () -> shop.getForObject(answer.getHeaders().getLocation(), Order.class)
                                .status(),
                        OrderStatus.PAID::equals);
    }

    @Test
    void a_second_callback_changes_nothing() {
        Order order = shop.postForObject("/orders", order(1, 1), Order.class);

        for (int delivery = 0; delivery < 2; delivery++) {
            ResponseEntity<Void> answer = shop.postForEntity(
                    "/payments/callback", Map.of("orderId", order.id(), "paymentId", "pay-1"), Void.class);
            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        }

        assertThat(shop.getForObject("/orders/{id}", Order.class, order.id()))
                .isEqualTo(new Order(order.id(), 1, 1, 1290, OrderStatus.PAID));
    }

    @Test
    void a_callback_for_an_unknown_order_is_not_accepted() {
        assertThat(shop.postForEntity("/payments/callback", Map.of("orderId", -1, "paymentId", "pay-1"), Void.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void retries_recover_the_orders_that_a_flaky_gateway_fails() {
        // what happens to an order depends on its number, so numbers make this repeatable
        jdbc.sql("ALTER TABLE orders ALTER COLUMN id RESTART WITH 1000").update();
        GATEWAY.switchTo(GatewayMode.FLAKY);
        int before = GATEWAY.requests();

        List<ResponseEntity<Map>> answers = orderAtOnce(30);

        assertThat(answers)
                .filteredOn(answer -> answer.getStatusCode() == HttpStatus.CREATED)
                .hasSizeGreaterThanOrEqualTo(26);
        assertThat(GATEWAY.requests() - before).isGreaterThan(30);
    }

    @Test
    void a_declined_payment_is_an_answer_and_not_a_failure_of_the_gateway() {
        int before = GATEWAY.requests();

        assertThat(place(order(3, 2)).getStatusCode()).isEqualTo(HttpStatus.PAYMENT_REQUIRED);
        assertThat(GATEWAY.requests() - before).isOne();
        assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void a_gateway_that_is_down_opens_the_breaker_and_orders_are_rejected_at_once() {
        GATEWAY.switchTo(GatewayMode.DOWN);
        assertThat(orderAtOnce(10))
                .allSatisfy(answer -> assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
        assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.OPEN);

        GATEWAY.switchTo(GatewayMode.HEALTHY);
        int before = GATEWAY.requests();
        long start = System.nanoTime();
        ResponseEntity<Map> rejected = place(order(1, 1));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(rejected.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(rejected.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("10");
        assertThat(rejected.getBody()).containsEntry("reason", "circuit-open");
        assertThat(GATEWAY.requests()).isEqualTo(before);
    }

    @Test
    void products_answer_while_orders_wait_for_a_hanging_gateway() {
        GATEWAY.switchTo(GatewayMode.SLOW);
        int before = GATEWAY.requests();
        // more than Tomcat has threads
        CompletableFuture<List<ResponseEntity<Map>>> orders =
                CompletableFuture.supplyAsync(() -> orderAtOnce(120), CUSTOMERS);
        await().until(() -> GATEWAY.requests() - before >= 90);

        long start = System.nanoTime();
        assertThat(shop.getForEntity("/products", Product[].class).getBody()).hasSize(3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

        // an order that timed out may be charged, one that was not even sent is not
        assertThat(orders.join())
                .extracting(
                        ResponseEntity::getStatusCode,
                        answer -> answer.getBody().get("status"),
                        answer -> answer.getBody().get("reason"))
                .contains(
                        tuple(HttpStatus.ACCEPTED, "PAYMENT_UNKNOWN", null),
                        tuple(HttpStatus.SERVICE_UNAVAILABLE, 503, "bulkhead-full"))
                .extracting(answer -> answer.toList().get(0))
                .containsOnly(HttpStatus.ACCEPTED, HttpStatus.SERVICE_UNAVAILABLE);
    }

    private List<ResponseEntity<Map>> orderAtOnce(int count) {
        List<CompletableFuture<ResponseEntity<Map>>> answers = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> place(order(1, 1)), CUSTOMERS))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private ResponseEntity<Map> place(Map<String, Integer> order) {
        return shop.postForEntity("/orders", order, Map.class);
    }

    private static Map<String, Integer> order(int productId, int quantity) {
        return Map.of("productId", productId, "quantity", quantity);
    }

    private CircuitBreaker breaker() {
        return breakers.circuitBreaker("paymentGateway");
    }
}
