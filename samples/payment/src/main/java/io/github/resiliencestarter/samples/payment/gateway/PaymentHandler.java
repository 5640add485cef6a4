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
 * that retries cannot know whether a request without an answer was carried out. Without a key each request is a charge.
 */
final class PaymentHandler implements HttpHandler {

    private static final int LIMIT_CENTS = 100_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> charged = new ConcurrentHashMap<>();
    private final Map<Long, Integer> chargesByOrder = new ConcurrentHashMap<>();
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

    Map<Long, Integer> chargesByOrder() {
        return Map.copyOf(chargesByOrder);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        int request = requests.incrementAndGet();
        PaymentRequest payment = json.readValue(exchange.getRequestBody(), PaymentRequest.class);
        String key = Objects.requireNonNullElse(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"), "request-" + request);
        Fate fate = fates.next("order-" + payment.orderId(), mode.get());
        // no thread waits, so the simulator can keep any number of callers hanging
        clock.schedule(() -> answer(exchange, payment, key, fate), fate.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answer(HttpExchange exchange, PaymentRequest payment, String key, Fate fate) {
        try {
            switch (fate.outcome()) {
                case DROPPED -> {} // closed without an answer
                case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
                case ACCEPTED -> accept(exchange, payment, key);
                case CHARGED_AND_DROPPED -> charge(payment, key);
                case CHARGED_AND_SILENT -> {
                    charge(payment, key);
                    clock.schedule(exchange::close, Fates.HANG.toMillis(), TimeUnit.MILLISECONDS);
                    return;
                }
            }
        } catch (IOException e) {
            // the caller has not waited for the answer
        }
        exchange.close();
    }

    private void accept(HttpExchange exchange, PaymentRequest payment, String key) throws IOException {
        if (payment.amountCents() > LIMIT_CENTS) {
            exchange.sendResponseHeaders(402, -1);
            return;
        }
        String paymentId = charge(payment, key);
        byte[] body = json.writeValueAsString(Map.of("paymentId", paymentId)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(202, body.length);
        exchange.getResponseBody().write(body);
    }

    private String charge(PaymentRequest payment, String key) throws IOException {
        String paymentId = "pay-" + key;
        if (charged.putIfAbsent(key, paymentId) == null) {
            chargesByOrder.merge(payment.orderId(), 1, Integer::sum);
            callbacks.schedule(payment, paymentId);
        }
        return paymentId;
    }
}
