package io.github.resiliencestarter.samples.storage;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.samples.storage.client.InMemoryObjectStore;
import io.github.resiliencestarter.samples.storage.client.StoreMode;
import io.github.resiliencestarter.samples.storage.codes.CodePublisher;
import io.github.resiliencestarter.samples.storage.codes.StorageException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintStream;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ApplicationContext;

/** A store that works, fails in three ways, and works again. One code at a time, so that the output can be read. */
final class Outage {

    private final CodePublisher publisher;
    private final InMemoryObjectStore store;
    private final CircuitBreaker breaker;
    private final MeterRegistry meters;
    private final PrintStream out;
    private int codes;

    Outage(ApplicationContext context, PrintStream out) {
        this.publisher = context.getBean(CodePublisher.class);
        this.store = context.getBean(InMemoryObjectStore.class);
        this.breaker = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("oracleStorage");
        this.meters = context.getBean(MeterRegistry.class);
        this.out = out;
    }

    void run() throws InterruptedException {
        CountDownLatch trials = new CountDownLatch(1);
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.HALF_OPEN) {
                trials.countDown();
            }
        });

        publish(5, StoreMode.HEALTHY);
        publish(3, StoreMode.UNREACHABLE);
        publish(1, StoreMode.FAILING);
        publish(1, StoreMode.REFUSING);
        publish(3, StoreMode.UNREACHABLE);
        out.println("\n--- waiting until the circuit breaker lets trials through");
        trials.await();
        publish(3, StoreMode.HEALTHY);
        count();
    }

    private void publish(int count, StoreMode mode) {
        out.printf("%n--- the store is %s%n", mode);
        store.switchTo(mode);
        for (int i = 0; i < count; i++) {
            int before = store.requests();
            String answer = publish("https://tickets.example/" + ++codes);
            out.printf("code %d: %s [requests: %d]%n", codes, answer, store.requests() - before);
        }
        out.println("the circuit breaker is " + breaker.getState());
    }

    private String publish(String contents) {
        try {
            return publisher.publish(contents).join();
        } catch (CompletionException e) {
            return e.getCause() instanceof StorageException failure
                    ? "StorageException: " + failure.getMessage()
                    : e.toString();
        }
    }

    private void count() {
        out.println("\n--- storage.upload.failures");
        meters.find("storage.upload.failures").counters().stream()
                .map(counter -> "%-26s %.0f".formatted(counter.getId().getTag("exception"), counter.count()))
                .sorted()
                .forEach(out::println);
    }
}
