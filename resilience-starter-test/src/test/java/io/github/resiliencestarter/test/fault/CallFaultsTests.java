package io.github.resiliencestarter.test.fault;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.call.AttemptDecorator;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.test.fault.FaultyHost.Storage;
import io.github.resiliencestarter.test.fault.FaultyHost.WithFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

class CallFaultsTests {

    /** What a test looks at. */
    private record Running(CallFaults faults, Storage storage, VirtualTime time, ApplicationContext context) {
        CircuitBreaker breaker() {
            return context.getBean(Pipelines.class).get("oracleStorage").circuitBreaker();
        }
    }

    private interface Check {
        void on(Running running) throws Exception;
    }

    private static void with(String[] properties, Check check) {
        FaultyHost.host()
                .withUserConfiguration(WithFaults.class)
                .withPropertyValues(properties)
                .run(context -> check.on(new Running(
                        context.getBean(CallFaults.class),
                        context.getBean(Storage.class),
                        context.getBean(VirtualTime.class),
                        context)));
    }

    private static String[] call(String... keys) {
        String[] properties = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            properties[i] = "resilience.calls.oracleStorage." + keys[i];
        }
        return properties;
    }

    @Test
    void the_next_attempts_fail_before_the_method_runs_and_retries_count() {
        with(call("retry.max-attempts=3"), running -> {
            running.faults().on("oracleStorage").failNext(2, IOException.class);
            running.storage().upload();
            assertThat(running.storage().attempts()).isEqualTo(1);
            assertThat(running.time().sleeps()).hasSize(2);
        });
    }

    @Test
    void the_exception_is_the_very_one_and_names_the_call() {
        with(call("retry.max-attempts=3"), running -> {
            running.faults().on("oracleStorage").failNext(3, IOException.class);
            assertThatThrownBy(() -> running.storage().upload())
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageContaining("oracleStorage");
        });
    }

    @Test
    void programmatic_calls_of_the_name_fail_too_and_others_do_not() {
        with(call("retry.enabled=false"), running -> {
            ResilientCalls calls = running.context().getBean(ResilientCalls.class);
            running.faults().on("oracleStorage").failNext(1, IOException.class);
            assertThat(calls.call("other").execute(() -> "answer")).isEqualTo("answer");
            assertThatThrownBy(() -> calls.call("oracleStorage").execute(() -> "answer"))
                    .isInstanceOf(IOException.class);
        });
    }

    @Test
    void a_slow_attempt_takes_its_time_on_the_clock_of_the_calls() {
        with(call("circuit-breaker.slow-call-duration-threshold=1s"), running -> {
            running.faults().on("oracleStorage").slow(ofSeconds(2));
            running.storage().upload();
            assertThat(running.time().now()).isEqualTo(VirtualTime.START.plusSeconds(2));
            assertThat(running.breaker().getMetrics().getNumberOfSlowCalls()).isEqualTo(1);
        });
    }

    @Test
    void a_hanging_attempt_is_ended_by_its_timeout() {
        with(call("timeout.per-attempt=2s", "retry.enabled=false"), running -> {
            running.faults().on("oracleStorage").hang();
            assertThatThrownBy(() -> running.storage().upload()).isInstanceOf(AttemptTimeoutException.class);
            assertThat(running.time().now()).isEqualTo(VirtualTime.START.plusSeconds(2));
            assertThat(running.storage().attempts()).isZero();
        });
    }

    @Test
    void a_hanging_attempt_on_a_worker_is_ended_by_its_timeout() {
        with(call("timeout.per-attempt=2s", "timeout.runs-on=worker", "retry.enabled=false"), running -> {
            running.faults().on("oracleStorage").hang();
            assertThatThrownBy(() -> running.storage().upload()).isInstanceOf(AttemptTimeoutException.class);
        });
    }

    @Test
    void an_attempt_on_a_worker_fails_too() {
        with(call("timeout.per-attempt=2s", "timeout.runs-on=worker", "retry.max-attempts=2"), running -> {
            running.faults().on("oracleStorage").failNext(1, IOException.class);
            assertThat(running.storage().upload()).startsWith("resilience-worker");
            assertThat(running.storage().attempts()).isEqualTo(1);
        });
    }

    @Test
    void a_hang_that_nothing_bounds_says_so_instead_of_hanging_the_test() {
        with(call("retry.enabled=false"), running -> {
            running.faults().on("oracleStorage").hang();
            assertThatThrownBy(() -> running.storage().upload())
                    .isInstanceOf(InjectedFaultException.class)
                    .hasMessageContaining("resilience.calls.oracleStorage.timeout.per-attempt");
            assertThat(running.time().now()).isEqualTo(VirtualTime.START.plus(ofHours(1)));
        });
    }

    @Test
    void healing_lets_go_on_what_hangs() throws Exception {
        CallFaults faults = new CallFaults(CallClock.system());
        faults.on("remote").hang();
        AttemptDecorator.Attempt attempt = faults.decorate("remote", () -> "answer");
        FutureTask<Object> hanging = new FutureTask<>(() -> {
            try {
                return attempt.run();
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        });
        Thread thread = new Thread(hanging);
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        faults.heal();

        assertThat(hanging.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
    }

    @Test
    void healing_ends_all_faults_of_all_calls() {
        with(call("retry.enabled=false"), running -> {
            running.faults()
                    .on("oracleStorage")
                    .failNext(5)
                    .failRate(1)
                    .slow(ofSeconds(9))
                    .hang();
            running.faults().heal();
            running.storage().upload();
            assertThat(running.time().now()).isEqualTo(VirtualTime.START);
        });
    }

    @Test
    void a_rate_of_failures_is_drawn_from_a_seed_and_is_about_right() {
        List<Boolean> first = failures(7);
        assertThat(failures(7)).isEqualTo(first);
        assertThat(failures(8)).isNotEqualTo(first);
        assertThat(first.stream().filter(failed -> failed).count()).isBetween(350L, 450L);
    }

    private static List<Boolean> failures(long seed) {
        CallFaults faults = new CallFaults(new VirtualTime());
        faults.seed(seed);
        faults.on("remote").failRate(0.4);
        List<Boolean> failed = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            failed.add(catchThrowable(
                            () -> faults.decorate("remote", () -> "answer").run())
                    != null);
        }
        return failed;
    }

    @Test
    void an_exception_is_made_by_whatever_usual_constructor_it_has() throws Exception {
        CallFaults faults = new CallFaults(new VirtualTime());
        for (Class<? extends Throwable> type : List.of(
                OnlyNothing.class,
                OnlyCause.class,
                MessageAndCause.class,
                UncheckedIOException.class,
                StackOverflowError.class)) {
            faults.on("remote").failNext(1, type);
            assertThatThrownBy(() -> faults.decorate("remote", () -> "answer").run())
                    .isExactlyInstanceOf(type);
        }
    }

    @Test
    void an_exception_that_cannot_be_made_is_refused_at_once() {
        CallFault fault = new CallFaults(new VirtualTime()).on("remote");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fault.failNext(1, Odd.class))
                .withMessageContaining("Odd has no constructor")
                .withMessageContaining("supplier");
    }

    @Test
    void a_rate_or_a_number_that_makes_no_sense_is_refused() {
        CallFault fault = new CallFaults(new VirtualTime()).on("remote");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fault.failRate(40))
                .withMessageContaining("40.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fault.failNext(-1))
                .withMessageContaining("-1");
    }

    static class OnlyNothing extends Exception {}

    static class OnlyCause extends Exception {
        OnlyCause(Throwable cause) {
            super(cause);
        }
    }

    static class MessageAndCause extends Exception {
        MessageAndCause(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static class Odd extends Exception {
        Odd(int code) {
            super("code " + code);
        }
    }
}
