package io.github.resiliencestarter.call;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.resiliencestarter.Host;
import io.github.resiliencestarter.NoWorkerAvailableException;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Thousands of hedged calls at once, on the machine's clock: whatever wins, fails, hangs or is given up, in the end no attempt,
 * slot, worker or thread of a pool is taken, and each call was counted once.
 */
class HedgeStormTests {

    private static final int THREADS = 8;
    private static final long SEED = 20_260_102;
    private static final int SLOTS = 64;
    private static final int WORKERS = 32;
    private static final String ON_CALLER = "resilience.calls.remote.timeout.runs-on=caller";
    private static final String ON_WORKERS = "resilience.calls.remote.timeout.runs-on=worker";
    private static final String ON_POOL = "resilience.calls.remote.thread-pool-bulkhead.max-thread-pool-size=16";

    private final Queue<CompletableFuture<String>> attempts = new ConcurrentLinkedQueue<>();
    private final LongAdder running = new LongAdder();
    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS, daemon());
    private final ScheduledExecutorService remotes = Executors.newScheduledThreadPool(THREADS, daemon());
    private final Logger log = (Logger) LoggerFactory.getLogger("io.github.resiliencestarter.call.remote");
    private final ApplicationContextRunner host = Host.host()
            .withPropertyValues(
                    "resilience.workers.max-threads=" + WORKERS,
                    "resilience.calls.remote.idempotent=true",
                    "resilience.calls.remote.hedge.delay=1ms",
                    "resilience.calls.remote.hedge.max=2",
                    "resilience.calls.remote.timeout.per-attempt=8ms",
                    "resilience.calls.remote.timeout.total=40ms",
                    "resilience.calls.remote.retry.max-attempts=2",
                    "resilience.calls.remote.retry.backoff.delay=1ms",
                    "resilience.calls.remote.retry-budget.min-per-second=100000",
                    "resilience.calls.remote.circuit-breaker.enabled=false",
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

    @ParameterizedTest
    @ValueSource(strings = {ON_CALLER, ON_WORKERS, ON_POOL})
    void methods_that_answer_later_leave_nothing_behind(String threads) {
        int each = 1_250;
        host.withPropertyValues(threads).run(context -> {
            ProtectedCall remote = context.getBean(ResilientCalls.class).call("remote");
            Queue<CompletableFuture<String>> answers = new ConcurrentLinkedQueue<>();
            storm(random -> {
                List<CompletableFuture<String>> own = new ArrayList<>();
                for (int call = 0; call < each; call++) {
                    CompletableFuture<String> answer = remote.executeAsync(() -> attempt(random.split()));
                    own.add(answer);
                    switch (random.nextInt(10)) {
                        case 0 -> answer.cancel(true);
                        case 1, 2 -> remotes.schedule(() -> answer.cancel(true), random.nextInt(12_000), MICROSECONDS);
                        default -> {}
                    }
                    if (call % 16 == 15) {
                        // Lets the remotes catch up, so that not everything is turned away.
                        settled(own.get(call - 8));
                    }
                }
                answers.addAll(own);
            });
            for (CompletableFuture<String> answer : answers) {
                settled(answer);
            }
            Pipeline pipeline = context.getBean(Pipelines.class).get("remote");
            assertThatNothingIsLeft(pipeline, THREADS * each);
            assertThat(pipeline.counts().of(Outcome.CANCELLED))
                    .isEqualTo(answers.stream()
                            .filter(CompletableFuture::isCancelled)
                            .count())
                    .isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {ON_WORKERS, ON_POOL})
    void methods_that_answer_at_once_leave_nothing_behind_though_callers_are_interrupted(String threads) {
        int each = 250;
        host.withPropertyValues(threads).run(context -> {
            ProtectedCall remote = context.getBean(ResilientCalls.class).call("remote");
            storm(random -> {
                Thread caller = Thread.currentThread();
                for (int call = 0; call < each; call++) {
                    if (random.nextInt(10) == 0) {
                        remotes.schedule(caller::interrupt, random.nextInt(12_000), MICROSECONDS);
                    }
                    try {
                        remote.execute(() -> answerOf(attempt(random.split())));
                    } catch (Throwable expected) {
                        // a failure, a timeout, an interruption, no thread or no slot
                    }
                    Thread.interrupted();
                }
            });
            assertThatNothingIsLeft(context.getBean(Pipelines.class).get("remote"), THREADS * each);
        });
    }

    private interface Caller {
        void call(SplittableRandom random) throws Exception;
    }

    private void storm(Caller caller) throws InterruptedException {
        Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
        CountDownLatch ended = new CountDownLatch(THREADS);
        SplittableRandom seeds = new SplittableRandom(SEED);
        for (int thread = 0; thread < THREADS; thread++) {
            SplittableRandom random = seeds.split();
            callers.execute(() -> {
                try {
                    caller.call(random);
                } catch (Throwable failure) {
                    broken.add(failure);
                } finally {
                    ended.countDown();
                }
            });
        }
        assertThat(ended.await(60, SECONDS)).isTrue();
        assertThat(broken).isEmpty();
    }

    private static void settled(CompletableFuture<String> answer) throws Exception {
        answer.handle((value, failure) -> "").get(30, SECONDS);
    }

    private CompletableFuture<String> attempt(SplittableRandom random) throws IOException {
        CompletableFuture<String> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        int delay = random.nextInt(4_000);
        switch (random.nextInt(12)) {
            case 0 -> {
                attempt.cancel(false);
                throw new IOException("at once");
            }
            case 1 -> attempt.completeExceptionally(new IOException());
            case 2 -> later(delay, () -> attempt.completeExceptionally(new AssertionError()));
            case 3, 4 -> later(delay, () -> attempt.completeExceptionally(new IOException()));
            case 5 -> {} // hangs
            case 6 -> attempt.complete("at once");
            case 7 -> later(8_000, () -> attempt.complete("just in time, or just not"));
            default -> later(delay, () -> attempt.complete("answer"));
        }
        return attempt;
    }

    private void later(int micros, Runnable action) {
        remotes.schedule(action, micros, MICROSECONDS);
    }

    /** What an attempt does on its own thread: it waits, and gives up where it is interrupted. */
    private String answerOf(CompletableFuture<String> attempt) throws Exception {
        running.increment();
        try {
            return attempt.get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } finally {
            attempt.cancel(false);
            running.decrement();
        }
    }

    private void assertThatNothingIsLeft(Pipeline pipeline, int calls) {
        CallCounts counts = pipeline.counts();
        assertThat(counts.hedgesStarted()).isPositive();
        assertThat(counts.hedgesWon()).isPositive();
        assertThat(Arrays.stream(Outcome.values()).mapToLong(counts::of).sum())
                .as("each call was counted once")
                .isEqualTo(calls);
        await().untilAsserted(() -> {
            assertThat(attempts).as("attempts").allMatch(CompletableFuture::isDone);
            assertThat(running.sum()).as("attempts that hold a thread").isZero();
        });
        CallParts parts = pipeline.parts();
        assertThat(CallParts.required(parts.bulkhead()).getMetrics().getAvailableConcurrentCalls())
                .isEqualTo(SLOTS);
        if (parts.threadPool() != null) {
            await().untilAsserted(
                            () -> assertThat(parts.threadPool().getMetrics().getActiveThreadCount())
                                    .isZero());
        }
        await().until(() -> areAllFree(parts.workers()));
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("resilience-"))
                .flatMap(each -> Arrays.stream(each.getValue()))
                .noneMatch(frame -> frame.getClassName().contains("Execution")
                        || frame.getClassName().contains("Hedge")));
    }

    /** Takes all of them at once. */
    private static boolean areAllFree(Workers workers) throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(WORKERS);
        CountDownLatch goOn = new CountDownLatch(1);
        try {
            for (int worker = 0; worker < WORKERS; worker++) {
                workers.watch("remote", () -> {
                    taken.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException closed) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            return taken.await(10, SECONDS);
        } catch (NoWorkerAvailableException someAreTaken) {
            return false;
        } finally {
            goOn.countDown();
        }
    }
}
