package io.github.resiliencestarter.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.Host;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Thousands of calls at once, on the machine's clock: remotes that answer, fail, throw errors, hang and answer late, callers
 * that give up at any moment. Whatever the order, everything that was taken is given back and everything is counted once.
 */
class AsyncStormTests {

    private static final int CALLS = 10_000;
    private static final int THREADS = 8;
    private static final long SEED = 20_260_101;
    private static final int SLOTS = 64;

    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS, daemon());
    private final ScheduledExecutorService remotes = Executors.newScheduledThreadPool(THREADS, daemon());
    private final Logger log = (Logger) LoggerFactory.getLogger("io.github.resiliencestarter.call.remote");
    private final ApplicationContextRunner host = Host.host()
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues(
                    "resilience.calls.remote.idempotent=true",
                    "resilience.calls.remote.timeout.per-attempt=8ms",
                    "resilience.calls.remote.retry.max-attempts=3",
                    "resilience.calls.remote.retry.backoff.delay=1ms",
                    "resilience.calls.remote.retry-budget.enabled=false",
                    "resilience.calls.remote.bulkhead.max-concurrent-calls=" + SLOTS);

    private static ThreadFactory daemon() {
        return task -> {
            Thread thread = new Thread(task, "storm");
            thread.setDaemon(true);
            return thread;
        };
    }

    @BeforeEach
    void begin() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void end() {
        callers.shutdownNow();
        remotes.shutdownNow();
        log.setLevel(null);
    }

    @Test
    void permits_meters_and_threads_are_what_they_were_after_a_storm_of_cancellations_timeouts_and_errors() {
        host.withPropertyValues(
                        "resilience.calls.remote.timeout.total=40ms",
                        "resilience.calls.remote.bulkhead.max-wait-duration=5ms",
                        "resilience.calls.remote.rate-limiter.limit-for-period=1000000",
                        "resilience.calls.remote.circuit-breaker.sliding-window-size=20",
                        "resilience.calls.remote.circuit-breaker.minimum-number-of-calls=20",
                        "resilience.calls.remote.circuit-breaker.failure-rate-threshold=60",
                        "resilience.calls.remote.circuit-breaker.wait-duration-in-open-state=20ms",
                        "resilience.calls.remote.circuit-breaker.permitted-number-of-calls-in-half-open-state=5")
                .run(context -> {
                    Pipeline pipeline = context.getBean(Pipelines.class).get("remote");

                    Tally tally = storm(context.getBean(ResilientCalls.class).call("remote"));

                    assertSlotsAreFree(pipeline);
                    assertCounted(pipeline, context.getBean(MeterRegistry.class), tally);
                    assertThat(Outcome.values())
                            .as("the storm had all of it")
                            .allMatch(outcome -> pipeline.counts().of(outcome) > 0);
                    assertNoThreadHangs();
                });
    }

    @Test
    void a_half_open_breaker_has_every_permit_back_that_it_has_no_outcome_for() {
        int permits = 2 * CALLS;
        host.withPropertyValues(
                        "resilience.calls.remote.circuit-breaker.sliding-window-size=" + permits,
                        "resilience.calls.remote.circuit-breaker.minimum-number-of-calls=" + permits,
                        "resilience.calls.remote.circuit-breaker.permitted-number-of-calls-in-half-open-state="
                                + permits)
                .run(context -> {
                    Pipeline pipeline = context.getBean(Pipelines.class).get("remote");
                    CircuitBreaker breaker = CallParts.required(pipeline.circuitBreaker());
                    breaker.transitionToOpenState();
                    breaker.transitionToHalfOpenState();

                    Tally tally = storm(context.getBean(ResilientCalls.class).call("remote"));

                    int left = 0;
                    while (breaker.tryAcquirePermission()) {
                        left++;
                    }
                    assertThat(left + breaker.getMetrics().getNumberOfBufferedCalls())
                            .isEqualTo(permits);
                    assertThat(left).as("some were given back").isGreaterThan(permits - CALLS);
                    assertSlotsAreFree(pipeline);
                    assertCounted(pipeline, context.getBean(MeterRegistry.class), tally);
                });
    }

    /** What the callers saw. */
    private record Tally(long values, long cancelled, long failed) {}

    private Tally storm(ProtectedCall remote) throws Exception {
        AtomicReference<Throwable> broken = new AtomicReference<>();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(THREADS);
        SplittableRandom seeds = new SplittableRandom(SEED);
        for (int thread = 0; thread < THREADS; thread++) {
            SplittableRandom random = seeds.split();
            callers.execute(() -> {
                try {
                    List<CompletableFuture<String>> own = new ArrayList<>();
                    for (int call = 0; call < CALLS / THREADS; call++) {
                        own.add(one(remote, random.split()));
                        if (call % 64 == 63) {
                            // Lets the remotes catch up, so that not everything is turned away.
                            settled(own.get(call - 32));
                        }
                    }
                    synchronized (answers) {
                        answers.addAll(own);
                    }
                } catch (Throwable failure) {
                    broken.set(failure);
                } finally {
                    started.countDown();
                }
            });
        }
        assertThat(started.await(60, SECONDS)).isTrue();
        assertThat(broken.get()).isNull();
        for (CompletableFuture<String> answer : answers) {
            settled(answer);
        }
        long cancelled = answers.stream().filter(CompletableFuture::isCancelled).count();
        long failed = answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        return new Tally(answers.size() - failed, cancelled, failed - cancelled);
    }

    private static void settled(CompletableFuture<String> answer) throws Exception {
        answer.handle((value, failure) -> "").get(30, SECONDS);
    }

    /** One call: perhaps with a fallback, perhaps cancelled after a moment, at once, or from another thread. */
    private CompletableFuture<String> one(ProtectedCall remote, SplittableRandom random) {
        ProtectedCall.CallBody<CompletableFuture<String>, Exception> body = () -> attempt(random.split());
        CompletableFuture<String> answer = random.nextInt(4) > 0
                ? remote.executeAsync(body)
                : remote.executeAsync(body, failure -> attempt(new SplittableRandom(failure.attempts())));
        switch (random.nextInt(10)) {
            case 0 -> answer.cancel(true);
            case 1, 2 -> remotes.schedule(() -> answer.cancel(true), random.nextInt(20_000), TimeUnit.MICROSECONDS);
            default -> {}
        }
        return answer;
    }

    private CompletableFuture<String> attempt(SplittableRandom random) throws Exception {
        CompletableFuture<String> attempt = new CompletableFuture<>();
        int delay = random.nextInt(3_000);
        switch (random.nextInt(20)) {
            case 0 -> throw new IOException("at once");
            case 1 -> throw new AssertionError("at once");
            case 2 -> attempt.completeExceptionally(new IOException());
            case 3 -> later(delay, () -> attempt.completeExceptionally(new AssertionError()));
            case 4, 5, 6 -> later(delay, () -> attempt.completeExceptionally(new IOException()));
            case 7 -> later(delay + 8_000, () -> attempt.complete("late"));
            case 8 -> later(8_000, () -> attempt.complete("just in time, or just not"));
            case 9 -> {} // hangs
            case 10 -> attempt.complete("at once");
            case 11 -> later(delay, () -> attempt.cancel(true));
            default -> later(delay, () -> attempt.complete("answer"));
        }
        return attempt;
    }

    private void later(int micros, Runnable action) {
        remotes.schedule(action, micros, TimeUnit.MICROSECONDS);
    }

    private static void assertSlotsAreFree(Pipeline pipeline) {
        assertThat(CallParts.required(pipeline.parts().bulkhead()).getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(SLOTS);
    }

    private static void assertCounted(Pipeline pipeline, MeterRegistry meters, Tally tally) {
        Map<Outcome, Long> measured = new EnumMap<>(Outcome.class);
        for (Timer timer : meters.find("resilience.call").timers()) {
            Outcome outcome = Arrays.stream(Outcome.values())
                    .filter(each -> each.tag().equals(timer.getId().getTag("outcome")))
                    .findFirst()
                    .orElseThrow();
            measured.merge(outcome, timer.count(), Long::sum);
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(measured.getOrDefault(outcome, 0L))
                    .as("%s", outcome)
                    .isEqualTo(pipeline.counts().of(outcome));
        }
        CallCounts counts = pipeline.counts();
        assertThat(counts.of(Outcome.SUCCESS) + counts.of(Outcome.RECOVERED) + counts.of(Outcome.FALLBACK))
                .as("values")
                .isEqualTo(tally.values);
        assertThat(counts.of(Outcome.CANCELLED)).as("cancelled").isEqualTo(tally.cancelled);
        assertThat(counts.of(Outcome.FAILED) + counts.of(Outcome.REJECTED))
                .as("failed")
                .isEqualTo(tally.failed);
        assertThat(tally.values + tally.cancelled + tally.failed).isEqualTo(CALLS / THREADS * THREADS);
    }

    /** The threads on which calls go on have nothing left to do. */
    private static void assertNoThreadHangs() {
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("resilience-"))
                .flatMap(each -> Arrays.stream(each.getValue()))
                .noneMatch(frame -> frame.getClassName().endsWith("Execution")));
    }
}
