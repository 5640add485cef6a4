package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatAnswers;
import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptDecoratorTests {

    private final List<String> seen = new ArrayList<>();

    private AttemptDecorator failing(int times) {
        return (call, attempt) -> {
            seen.add(call + " on " + Thread.currentThread().getName());
            return seen.size() > times
                    ? attempt
                    : () -> {
                        throw new IOException("planned");
                    };
        };
    }

    @Test
    void it_stands_around_each_attempt_inside_of_retry() throws Exception {
        TestCalls calls = TestCalls.with(failing(2), "retry.max-attempts=3");
        Remote remote = thatAnswers();

        assertThat(calls.remote().execute(remote)).isEqualTo("answer");

        assertThat(seen).hasSize(3);
        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(3);
    }

    @Test
    void its_time_is_the_time_of_the_attempt() {
        TestCalls[] calls = new TestCalls[1];
        AttemptDecorator slow = (call, attempt) -> () -> {
            calls[0].time.sleep(ofSeconds(5).toNanos());
            return attempt.run();
        };
        calls[0] = TestCalls.with(slow, "timeout.per-attempt=2s", "retry.enabled=false");
        Remote remote = thatAnswers();

        assertThat(fails(() -> calls[0].remote().execute(remote))).isInstanceOf(AttemptTimeoutException.class);
        assertThat(remote.attempts()).isZero();
    }

    @Test
    void for_an_attempt_on_a_worker_it_is_asked_on_the_callers_thread_and_runs_on_the_worker() throws Exception {
        List<String> ran = new ArrayList<>();
        AttemptDecorator decorator = (call, attempt) -> {
            seen.add(Thread.currentThread().getName());
            return () -> {
                ran.add(Thread.currentThread().getName());
                return attempt.run();
            };
        };
        TestCalls calls = TestCalls.with(decorator, "timeout.per-attempt=2s", "timeout.runs-on=worker");

        assertThat(calls.remote().execute(thatAnswers())).isEqualTo("answer");

        assertThat(seen).containsExactly(Thread.currentThread().getName());
        assertThat(ran).singleElement().asString().startsWith("resilience-worker");
    }

    @Test
    void without_one_the_pipeline_has_no_trace_of_it() throws Exception {
        TestCalls calls = TestCalls.with("retry.enabled=false", "circuit-breaker.enabled=false");
        List<String> stages = new ArrayList<>();
        calls.remote().run(() -> {
            for (StackTraceElement frame : new Throwable().getStackTrace()) {
                stages.add(frame.getClassName());
            }
        });
        assertThat(stages).contains(MethodStage.class.getName()).doesNotContain(DecoratedMethodStage.class.getName());
    }
}
