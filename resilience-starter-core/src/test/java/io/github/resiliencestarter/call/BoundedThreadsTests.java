package io.github.resiliencestarter.call;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundedThreadsTests {

    private final CountDownLatch never = new CountDownLatch(1);

    static Stream<BoundedThreads> both() {
        return Stream.of(
                new BoundedThreads.Pool(2, "test-"), new BoundedThreads.Virtual(2, task -> new Thread(task, "test-1")));
    }

    @ParameterizedTest
    @MethodSource("both")
    void as_many_tasks_run_as_may_and_no_other_waits(BoundedThreads threads) {
        CountDownLatch enough = new CountDownLatch(1);
        for (int task = 0; task < 2; task++) {
            threads.execute(() -> waitFor(enough));
        }

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> threads.execute(() -> {}));
        enough.countDown();
        CompletableFuture<String> ran = new CompletableFuture<>();
        await().ignoreExceptions().until(() -> {
            threads.execute(() -> ran.complete(Thread.currentThread().getName()));
            return true;
        });
        assertThat(ran)
                .succeedsWithin(java.time.Duration.ofSeconds(10))
                .asString()
                .startsWith("test-");
        threads.close();
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_task_that_throws_gives_its_thread_back(BoundedThreads threads) {
        for (int task = 0; task < 5; task++) {
            await().ignoreExceptions().until(() -> {
                threads.execute(() -> {
                    throw new IllegalStateException("expected by the test");
                });
                return true;
            });
        }
        threads.close();
    }

    @ParameterizedTest
    @MethodSource("both")
    void closing_interrupts_what_runs(BoundedThreads threads) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        threads.execute(() -> {
            running.countDown();
            interrupted.complete(!waitFor(never));
        });
        running.await();
        threads.close();
        assertThat(interrupted.get(10, SECONDS)).isTrue();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void where_the_jdk_has_virtual_threads_they_are_virtual() throws Exception {
        BoundedThreads threads = BoundedThreads.upTo(1, "test-");
        CompletableFuture<String> ran = new CompletableFuture<>();
        threads.execute(() -> ran.complete(Thread.currentThread().toString()));
        assertThat(ran.get(10, SECONDS)).startsWith("VirtualThread").contains("test-1");
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException interrupted) {
            return false;
        }
    }
}
