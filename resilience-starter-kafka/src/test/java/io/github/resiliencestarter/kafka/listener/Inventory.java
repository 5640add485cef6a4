package io.github.resiliencestarter.kafka.listener;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resiliencestarter.ResilientCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A remote that can be down, behind circuit breakers of all kinds. Thread-safe. */
public class Inventory {

    private final CircuitBreaker own = CircuitBreaker.of(
            "own",
            CircuitBreakerConfig.custom()
                    .minimumNumberOfCalls(2)
                    .slidingWindowSize(2)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitDurationInOpenState(Duration.ofMillis(100))
                    .build());
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();
    private final List<String> reserved = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    @ResilientCall(name = "inventory", idempotent = true)
    public void reserve(String order) throws IOException {
        call(order);
    }

    @ResilientCall(name = "inventory", wrapWith = IllegalStateException.class, idempotent = true)
    public void reserveWrapped(String order) throws IOException {
        call(order);
    }

    @ResilientCall(name = "stock", idempotent = true)
    public void reserveOneByOne(String order) throws IOException {
        call(order);
    }

    /** By a circuit breaker that nobody but this class knows of. */
    public void reserveByHand(String order) throws Exception {
        own.executeCallable(() -> {
            call(order);
            return order;
        });
    }

    private void call(String order) throws IOException {
        calls.incrementAndGet();
        asked.add(order);
        if (down || poison.contains(order)) {
            throw new IOException("no inventory for " + order);
        }
        reserved.add(order);
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    public void failFor(String order) {
        poison.add(order);
    }

    public int calls() {
        return calls.get();
    }

    /** Every order that came as far as this, in its order. */
    public List<String> asked() {
        return asked;
    }

    public List<String> reserved() {
        return reserved;
    }

    public CircuitBreaker own() {
        return own;
    }
}
