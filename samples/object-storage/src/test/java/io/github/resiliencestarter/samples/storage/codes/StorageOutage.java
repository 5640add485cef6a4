package io.github.resiliencestarter.samples.storage.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.samples.storage.client.InMemoryObjectStore;
import io.github.resiliencestarter.samples.storage.client.StoreMode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * The application with the application.yml that it ships, but without the wait between attempts. Its tests share one context,
 * so each starts with a healthy store, a closed breaker and no failures.
 */
@SpringBootTest(properties = "resilience4j.retry.instances.oracleStorage.wait-duration=1ms")
abstract class StorageOutage {

    /** Nothing here takes long; this only keeps a broken test from waiting for ever. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    @Autowired
    private CodePublisher publisher;

    @Autowired
    InMemoryObjectStore store;

    @Autowired
    private CircuitBreakerRegistry breakers;

    @Autowired
    private MeterRegistry meters;

    private int requestsBefore;

    @BeforeEach
    void startAfresh() {
        store.switchTo(StoreMode.HEALTHY);
        breaker().reset();
        meters.find("storage.upload.failures").counters().forEach(meters::remove);
        requestsBefore = store.requests();
    }

    CircuitBreaker breaker() {
        return breakers.circuitBreaker("oracleStorage");
    }

    CompletableFuture<String> publish() {
        return publisher.publish("https://tickets.example/1");
    }

    /** One after the other; what becomes of them does not matter. */
    void publish(int count, StoreMode mode) {
        store.switchTo(mode);
        for (int i = 0; i < count; i++) {
            publish().exceptionally(failure -> "not stored").join();
        }
    }

    /** What the caller of a failed upload finds in its future. */
    static StorageException failureOf(CompletableFuture<String> upload) {
        var failure = catchThrowableOfType(
                ExecutionException.class, () -> upload.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertThat(failure).cause().isExactlyInstanceOf(StorageException.class);
        return (StorageException) failure.getCause();
    }

    int requests() {
        return store.requests() - requestsBefore;
    }

    double failures(String exception) {
        Counter counter = meters.find("storage.upload.failures")
                .tag("exception", exception)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
