package io.github.resiliencestarter.messaging.circuit;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** A listener behind a gate, and the circuit breaker that shuts it. */
abstract class GatedListener {

    static final Duration INTERVAL = Duration.ofSeconds(5);
    static final Duration WAIT = Duration.ofSeconds(30);

    final VirtualTime time = new VirtualTime();
    final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(config().build());
    final CircuitBreaker breaker = registry.circuitBreaker("inventory");
    final List<String> told = new ArrayList<>();
    private final Breakers breakers = new Breakers(registry);
    final CircuitGate gate = gate("orders-listener");
    private final ExecutorService otherThread = Executors.newSingleThreadExecutor();
    int released;
    int releasedAll;

    /** What the breaker does by itself on the machine's time is done by hand here. */
    static CircuitBreakerConfig.Builder config() {
        return CircuitBreakerConfig.custom()
                .minimumNumberOfCalls(2)
                .slidingWindowSize(2)
                .waitDurationInOpenState(WAIT)
                .permittedNumberOfCallsInHalfOpenState(2)
                .automaticTransitionFromOpenToHalfOpenEnabled(true);
    }

    @AfterEach
    void endTheOtherThread() {
        otherThread.shutdownNow();
    }

    private CircuitGate gate(String listener) {
        WaitingMessages messages = new WaitingMessages() {
            @Override
            public void releaseNext() {
                released++;
            }

            @Override
            public void releaseAll() {
                releasedAll++;
            }
        };
        MessageObserver observer = new MessageObserver() {
            @Override
            public void paused(Pause pause) {
                told.add("paused " + pause.source() + ' ' + pause.reason() + ' ' + pause.detail());
            }

            @Override
            public void resumed(Pause pause) {
                told.add("resumed " + pause.source() + ' ' + pause.reason() + ' ' + pause.detail());
            }
        };
        return new CircuitGate(listener, breakers, new ProbeSettings(INTERVAL, 3), messages, observer, time);
    }

    ClosedDoor rejected(String message) {
        return gate.failed(message, "orders", new RuntimeException(rejection(breaker)));
    }

    static CallNotPermittedException rejection(CircuitBreaker breaker) {
        return CallNotPermittedException.createCallNotPermittedException(breaker);
    }

    /** The remote fails, and the breaker records it. */
    ClosedDoor fails(String message) {
        IOException failure = new IOException("down");
        breaker.onError(1, TimeUnit.MILLISECONDS, failure);
        return gate.failed(message, "orders", new RuntimeException(failure));
    }

    boolean succeeds(String message) {
        breaker.onSuccess(1, TimeUnit.MILLISECONDS);
        gate.passed(message);
        return true;
    }

    <T> T elsewhere(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, otherThread).join();
    }
}
