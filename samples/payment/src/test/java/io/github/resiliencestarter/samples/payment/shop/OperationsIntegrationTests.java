package io.github.resiliencestarter.samples.payment.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** What somebody on call finds. Nobody listens where application.yml expects the gateway. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "shop.gateway-url=http://localhost:9")
@AutoConfigureObservability
class OperationsIntegrationTests {

    @Autowired
    private TestRestTemplate shop;

    @Test
    void the_endpoint_shows_the_plan_of_the_call() {
        assertThat(shop.getForObject("/actuator/resilience", String.class)).contains("paymentGateway");
    }

    @Test
    void health_answers_up() {
        assertThat(shop.getForObject("/actuator/health", String.class)).contains("\"status\":\"UP\"");
    }

    @Test
    void calls_are_metered() {
        shop.postForEntity("/orders", new OrderController.NewOrder(1, 1), String.class);

        assertThat(shop.getForObject("/actuator/prometheus", String.class))
                .contains("resilience_call_seconds_count{call=\"paymentGateway\"");
    }
}
