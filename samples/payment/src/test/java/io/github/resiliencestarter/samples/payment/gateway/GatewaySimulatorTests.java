package io.github.resiliencestarter.samples.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewaySimulatorTests {

    private final GatewaySimulator gateway = GatewaySimulator.start(FreePort.find(), 7);

    @BeforeEach
    void recover() {
        gateway.switchTo(GatewayMode.HEALTHY);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void a_gateway_that_is_down_refuses_connections_until_it_is_back() throws Exception {
        gateway.switchTo(GatewayMode.DOWN);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> pay(1, 500));

        gateway.switchTo(GatewayMode.HEALTHY);
        assertThat(pay(1, 500)).isEqualTo(202);
        assertThat(gateway.requests()).isOne();
    }

    @Test
    void a_repeated_request_is_charged_once() throws Exception {
        assertThat(pay(1, 500)).isEqualTo(202);
        assertThat(pay(1, 500)).isEqualTo(202);

        assertThat(gateway.requests()).isEqualTo(2);
        assertThat(gateway.charges()).isOne();
    }

    @Test
    void a_request_without_a_key_is_charged_each_time() throws Exception {
        assertThat(pay(1, 500, "")).isEqualTo(202);
        assertThat(pay(1, 500, "")).isEqualTo(202);

        assertThat(gateway.chargesByOrder()).containsExactly(entry(1L, 2));
    }

    @Test
    void a_forgetful_gateway_charges_also_where_its_answer_is_lost() {
        gateway.switchTo(GatewayMode.FORGETFUL);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            for (int order = 1; order <= 100; order++) {
                pay(order, 500);
            }
        });
        assertThat(gateway.charges()).isEqualTo(gateway.requests());
    }

    @Test
    void a_payment_over_the_limit_is_declined() throws Exception {
        assertThat(pay(1, 100_001)).isEqualTo(402);
        assertThat(gateway.charges()).isZero();
    }

    private int pay(long orderId, long amountCents) throws Exception {
        return pay(orderId, amountCents, "order-" + orderId);
    }

    private int pay(long orderId, long amountCents, String key) throws Exception {
        String body = "{\"orderId\": %d, \"amountCents\": %d, \"callback\": \"%s\"}"
                .formatted(orderId, amountCents, gateway.uri());
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri().resolve("/payments"))
                .timeout(Duration.ofSeconds(2))
                .POST(BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }
}
