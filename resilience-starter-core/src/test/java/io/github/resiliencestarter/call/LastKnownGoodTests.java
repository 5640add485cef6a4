package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.Remote.thatAnswers;
import static io.github.resiliencestarter.Remote.thatFailsWith;
import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.LastKnownGood;
import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LastKnownGoodTests {

    private static TestCalls calls(String... more) {
        List<String> properties = new ArrayList<>(Arrays.asList(more));
        properties.add("last-known-good.max-stale=10m");
        properties.add("retry.enabled=false");
        return TestCalls.with(properties.toArray(String[]::new));
    }

    private static ProtectedCall euro(TestCalls calls) {
        return calls.remote().keyedBy("EUR");
    }

    @Test
    void the_last_success_with_the_same_key_answers_a_failure() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(() -> "1.08");
        euro(calls).execute(() -> "1.09");
        calls.remote().keyedBy("USD").execute(() -> "1.00");

        assertThat(euro(calls).execute(thatFailsWith(new IOException()))).isEqualTo("1.09");

        assertThat(calls.pipeline().counts().of(Outcome.FALLBACK)).isEqualTo(1);
        assertThat(calls.pipeline().counts().staleAnswers()).isEqualTo(1);
    }

    @Test
    void it_answers_until_it_is_older_than_max_stale() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(thatAnswers());

        calls.time.advance(Duration.ofMinutes(10));
        assertThat(euro(calls).execute(thatFailsWith(new IOException()))).isEqualTo("answer");

        calls.time.advance(Duration.ofNanos(1));
        assertThat(fails(() -> euro(calls).execute(thatFailsWith(new IOException()))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_success_that_is_repeated_again_and_again_stays_young() throws Exception {
        TestCalls calls = calls();
        for (int i = 0; i < 2_000; i++) {
            euro(calls).execute(thatAnswers());
            calls.time.advance(Duration.ofMillis(500));
        }
        calls.time.advance(Duration.ofSeconds(599));
        assertThat(euro(calls).execute(thatFailsWith(new IOException()))).isEqualTo("answer");
    }

    @Test
    void an_answer_does_not_make_itself_younger_by_answering() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(thatAnswers());
        calls.time.advance(Duration.ofMinutes(6));
        euro(calls).execute(thatFailsWith(new IOException()));
        calls.time.advance(Duration.ofMinutes(6));
        assertThat(fails(() -> euro(calls).execute(thatFailsWith(new IOException()))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void no_more_answers_are_kept_than_max_entries() throws Exception {
        TestCalls calls = calls("last-known-good.max-entries=10");
        for (int i = 0; i < 100; i++) {
            calls.remote().keyedBy(i).execute(thatAnswers());
        }
        assertThat(calls.pipeline().answers().size()).isEqualTo(10);
    }

    @Test
    void a_null_that_was_returned_is_an_answer() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(() -> null);
        assertThat(euro(calls).<String, Exception>execute(thatFailsWith(new IOException())))
                .isNull();
    }

    @Test
    void it_answers_what_an_open_circuit_rejects() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(thatAnswers());
        calls.breaker().transitionToOpenState();
        Remote remote = thatAnswers();

        assertThat(euro(calls).execute(remote)).isEqualTo("answer");

        assertThat(remote.attempts()).isZero();
    }

    @Test
    void the_circuit_breaker_records_the_failure_that_it_answered() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(thatAnswers());
        euro(calls).execute(thatFailsWith(new IOException()));
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void it_does_not_answer_for_an_error_or_an_interruption() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(thatAnswers());
        assertThat(fails(() -> euro(calls).execute(thatFailsWith(new StackOverflowError()))))
                .isInstanceOf(StackOverflowError.class);
        assertThat(fails(() -> euro(calls).execute(thatFailsWith(new InterruptedException()))))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_business_exception_is_a_newer_answer() throws Exception {
        TestCalls calls = calls("business-exceptions=java.util.NoSuchElementException");
        euro(calls).execute(thatAnswers());
        assertThat(fails(() -> euro(calls).execute(thatFailsWith(new NoSuchElementException()))))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(fails(() -> euro(calls).execute(thatFailsWith(new IOException()))))
                .as("what was known before does not hold any more")
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_fallback_that_takes_a_call_failure_is_asked_and_decides() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(thatAnswers());
        calls.time.advance(Duration.ofSeconds(90));
        AtomicReference<CallFailure> seen = new AtomicReference<>();

        String decided = euro(calls).execute(thatFailsWith(new IOException()), failure -> {
            seen.set(failure);
            return "decided";
        });

        assertThat(decided).isEqualTo("decided");
        assertThat(seen.get().lastKnownGood()).isEqualTo(new LastKnownGood("answer", Duration.ofSeconds(90)));
        assertThat(calls.pipeline().counts().staleAnswers()).isZero();
    }

    @Test
    void the_answer_of_a_fallback_is_not_remembered() throws Exception {
        TestCalls calls = calls();
        euro(calls).execute(thatFailsWith(new IOException()), failure -> "from the fallback");
        assertThat(fails(() -> euro(calls).execute(thatFailsWith(new IOException()))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void without_a_key_nothing_is_kept() throws Exception {
        TestCalls calls = calls();
        calls.remote().execute(thatAnswers());
        assertThat(fails(() -> calls.remote().execute(thatFailsWith(new IOException()))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_action_that_was_not_done_is_not_taken_for_done() {
        TestCalls calls = calls();
        euro(calls).run(() -> {});
        assertThat(fails(() -> euro(calls).run(() -> {
                    throw new IOException();
                })))
                .isInstanceOf(IOException.class);
    }

    @Test
    void arguments_that_cannot_be_compared_do_not_fail_the_call() throws Exception {
        TestCalls calls = calls();
        Execution execution = new KeyedExecution(calls) {
            @Override
            protected CallKey key() {
                throw new IllegalStateException("a proxy without a session");
            }
        };
        try {
            assertThat(calls.pipeline().run(execution)).isEqualTo("answer");
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void observers_are_told_what_answered_and_why_it_had_to() throws Exception {
        AtomicReference<LastKnownGood> stale = new AtomicReference<>();
        AtomicReference<FailureReason> reason = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CallObserver observer = execution -> {
            stale.set(execution.staleAnswer());
            reason.set(execution.reason());
            failure.set(execution.failure());
        };
        TestCalls calls = TestCalls.with(List.of((plan, counts) -> observer), "last-known-good.max-stale=10m");
        euro(calls).execute(thatAnswers());
        assertThat(stale).hasValue(null);
        calls.breaker().transitionToOpenState();
        calls.time.advance(Duration.ofSeconds(1));

        euro(calls).execute(thatAnswers());

        assertThat(stale).hasValue(new LastKnownGood("answer", Duration.ofSeconds(1)));
        assertThat(reason).hasValue(FailureReason.CIRCUIT_OPEN);
        assertThat(failure.get()).isInstanceOf(CallNotPermittedException.class);
    }

    private static class KeyedExecution extends Execution {

        private final AnswerMemory memory;

        KeyedExecution(TestCalls calls) {
            this.memory = calls.pipeline().answers().of("test");
        }

        @Override
        public String call() {
            return "remote";
        }

        @Override
        protected Object attempt() {
            return "answer";
        }

        @Override
        protected AnswerMemory memory() {
            return memory;
        }
    }

    /** All have the same hash, and cannot be compared. */
    private static final class Incomparable {
        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("detached");
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void a_key_whose_equals_throws_costs_the_memory_but_neither_the_success_nor_the_failure() throws Exception {
        TestCalls calls = calls();
        calls.remote().keyedBy(new Incomparable()).execute(() -> "one");
        assertThat(calls.remote().keyedBy(new Incomparable()).execute(() -> "two"))
                .isEqualTo("two");
        IOException down = new IOException();
        assertThat(fails(() -> calls.remote().keyedBy(new Incomparable()).execute(thatFailsWith(down))))
                .isSameAs(down);
    }

    @Test
    void a_key_whose_hash_cannot_be_computed_costs_only_the_memory() throws Exception {
        TestCalls calls = calls();
        Object unhashable = new Object() {
            @Override
            public int hashCode() {
                throw new IllegalStateException("detached");
            }
        };
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThat(calls.remote().keyedBy(unhashable).execute(() -> "one")).isEqualTo("one");
        assertThat(calls.remote().keyedBy(endless).execute(() -> "two")).isEqualTo("two");
    }
}
