package io.github.resiliencestarter.samples.payment.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * {@code POST /payments}. A payment is charged once per {@code Idempotency-Key}, however often it is asked for: a shop
 * that retries cannot know whether a request without an answer was carried out.
 */
final class PaymentHandler implements HttpHandler {

    private static final int LIMIT_CENTS = 100_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> charged = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Fates fates;
    private final Callbacks callbacks;
    private final Supplier<GatewayMode> mode;
    private final ScheduledExecutorService clock;

    PaymentHandler(long seed, Supplier<GatewayMode> mode, ScheduledExecutorService clock) {
        this.fates = new Fates(seed);
        this.callbacks = new Callbacks(clock);
        this.mode = mode;
        this.clock = clock;
    }

    int requests() {
        return requests.get();
    }

    int charges() {
        return charged.size();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        PaymentRequest payment = json.readValue(exchange.getRequestBody(), PaymentRequest.class);
        String key = Objects.requireNonNullElse(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"), "order-" + payment.orderId());
        Fate fate = fates.next(key, mode.get());
        // no thread waits, so the simulator can keep any number of callers hanging
        clock.schedule(() -> answer(exchange, payment, key, fate), fate.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answer(HttpExchange exchange, PaymentRequest payment, String key, Fate fate) {
        try (exchange) {
            switch (fate.outcome()) {
                case DROPPED -> {} // closed without an answer
                case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
                case ACCEPTED -> accept(exchange, payment, key);
            }
        } catch (IOException e) {
            // the caller has not waited for the answer
        }
    }

    private void accept(HttpExchange exchange, PaymentRequest payment, String key) throws IOException {
        if (payment.amountCents() > LIMIT_CENTS) {
            exchange.sendResponseHeaders(402, -1);
            return;
        }
        String paymentId = "pay-" + key;
        if (charged.putIfAbsent(key, paymentId) == null) {
            callbacks.schedule(payment, paymentId);
        }
        byte[] body = json.writeValueAsString(Map.of("paymentId", paymentId)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(202, body.length);
        exchange.getResponseBody().write(body);
    }
}
