package io.github.resiliencestarter.samples.payment.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
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
    void a_payment_over_the_limit_is_declined() throws Exception {
        assertThat(pay(1, 100_001)).isEqualTo(402);
        assertThat(gateway.charges()).isZero();
    }

    private int pay(long orderId, long amountCents) throws Exception {
        String body = "{\"orderId\": %d, \"amountCents\": %d, \"callback\": \"%s\"}"
                .formatted(orderId, amountCents, gateway.uri());
        HttpRequest request = HttpRequest.newBuilder(gateway.uri().resolve("/payments"))
                .header("Idempotency-Key", "order-" + orderId)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
