package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.ResilientCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SmokeTests {

    static class Storage {
        final AtomicInteger attempts = new AtomicInteger();

        @ResilientCall(name = "storage", fallback = "fallback")
        public String upload(String name) throws IOException {
            attempts.incrementAndGet();
            throw new IOException(name);
        }

        private String fallback(String name, IOException e) {
            return "kept " + name + " after " + e.getMessage();
        }
    }

    @Test
    void a_failed_call_is_retried_and_then_answered_by_its_private_fallback() {
        host().withBean(Storage.class)
                .withPropertyValues(
                        "resilience.calls.storage.retry.backoff.delay=1ms",
                        "resilience.calls.storage.timeout.total=5s",
                        "resilience.calls.storage.timeout.per-attempt=1s",
                        "resilience.calls.storage.bulkhead.max-concurrent-calls=3")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Storage storage = context.getBean(Storage.class);
                    assertThat(storage.upload("a")).isEqualTo("kept a after a");
                    Pipelines pipelines = context.getBean(Pipelines.class);
                    pipelines.get("storage").plan().values().forEach((k, v) -> System.out.println(k + " = " + v));
                    System.out.println(pipelines.get("storage").order());
                    assertThat(pipelines.get("storage").counts().attempts()).isEqualTo(3);
                    ResilientCalls calls = context.getBean(ResilientCalls.class);
                    assertThat(calls.call("storage").execute(() -> "x")).isEqualTo("x");
                    long t = System.nanoTime();
                    try {
                        calls.call("storage").run(() -> Thread.sleep(10_000));
                    } catch (Exception e) {
                        e.printStackTrace();
                    }
                    System.out.println(Duration.ofNanos(System.nanoTime() - t));
                });
    }
}
