package io.github.resiliencestarter.samples.payment.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Tells the shop, 1 to 5 s after a payment was accepted, that it is complete. Like real gateways it delivers at least
 * once: a callback that is not answered with a 2xx comes again, and one in ten comes again for no reason at all.
 */
final class Callbacks {

    private static final int DELIVERIES = 5;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ScheduledExecutorService clock;

    Callbacks(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    void schedule(PaymentRequest payment, String paymentId) throws JsonProcessingException {
        String body = json.writeValueAsString(Map.of("orderId", payment.orderId(), "paymentId", paymentId));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long delay = random.nextLong(1_000, 5_001);
        deliver(payment.callback(), body, delay, DELIVERIES);
        if (random.nextInt(10) == 0) {
            deliver(payment.callback(), body, delay + 500, 1);
        }
    }

    private void deliver(URI callback, String body, long delay, int deliveriesLeft) {
        if (deliveriesLeft > 0 && !clock.isShutdown()) {
            clock.schedule(() -> send(callback, body, deliveriesLeft), delay, TimeUnit.MILLISECONDS);
        }
    }

    private void send(URI callback, String body, int deliveriesLeft) {
        HttpRequest request = HttpRequest.newBuilder(callback)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        http.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, failure) -> {
            if (failure != null || response.statusCode() / 100 != 2) {
                deliver(callback, body, 1_000, deliveriesLeft - 1);
            }
        });
    }
}
