package io.github.resiliencestarter.call;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** When another attempt is started, and which one decides. */
class HedgeTests {

    @Test
    void where_the_first_attempt_takes_long_another_one_is_started_and_the_first_answer_wins() throws Exception {
        HedgedCall call = HedgedCall.hedged();
        call.script.answer(1, "of the hedge");

        assertThat(call.answer()).isEqualTo("of the hedge");
        call.script.awaitInterrupt(0);
        assertThat(call.counts().hedgesStarted()).isEqualTo(1);
        assertThat(call.counts().hedgesWon()).isEqualTo(1);
        assertThat(call.counts().of(Outcome.RECOVERED)).isEqualTo(1);
        assertThat(call.counts().attempts()).isEqualTo(2);
    }

    @Test
    void an_answer_before_the_delay_starts_no_other_attempt() throws Exception {
        HedgedCall call = HedgedCall.begun();
        call.pass(199);
        call.script.answer(0, "in time");

        assertThat(call.answer()).isEqualTo("in time");
        assertThat(call.calls.time.pending()).isZero();
        assertThat(call.script.attempts()).isEqualTo(1);
        assertThat(call.counts().of(Outcome.SUCCESS)).isEqualTo(1);
    }

    @Test
    void where_the_first_attempt_wins_the_hedge_is_cancelled_and_the_call_has_simply_succeeded() throws Exception {
        HedgedCall call = HedgedCall.hedged();
        call.script.answer(0, "of the first");

        assertThat(call.answer()).isEqualTo("of the first");
        call.script.awaitInterrupt(1);
        assertThat(call.counts().of(Outcome.SUCCESS)).isEqualTo(1);
        assertThat(call.counts().hedgesWon()).isZero();
    }

    @Test
    void a_failure_waits_for_the_other_attempt() throws Exception {
        HedgedCall call = HedgedCall.hedged();
        call.script.fail(0, new IOException());
        call.script.answer(1, "of the hedge");
        assertThat(call.answer()).isEqualTo("of the hedge");
        assertThat(call.calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void where_all_fail_the_first_failure_is_thrown_and_has_the_other_suppressed() throws Exception {
        HedgedCall call = HedgedCall.hedged();
        IOException ofHedge = new IOException("hedge");
        IOException ofFirst = new IOException("first");
        call.script.fail(1, ofHedge);
        call.awaitHedges(1);
        call.script.fail(0, ofFirst);

        Throwable thrown = call.failure();
        assertThat(List.of(ofHedge, ofFirst)).contains((IOException) thrown);
        assertThat(thrown.getSuppressed()).hasSize(1);
        assertThat(call.calls.breaker().getMetrics().getNumberOfFailedCalls())
                .as("one call, one failure")
                .isEqualTo(1);
    }

    @Test
    void a_failure_before_the_delay_is_a_matter_of_retry() throws Exception {
        HedgedCall call = HedgedCall.begun("retry.max-attempts=2", "retry.backoff.delay=50ms");
        call.script.fail(0, new IOException());
        call.script.awaitStart(1);
        call.script.answer(1, "of the retry");
        assertThat(call.answer()).isEqualTo("of the retry");
        assertThat(call.calls.time.sleeps()).containsExactly(ofMillis(50));
        assertThat(call.counts().hedgesStarted()).isZero();
    }

    @Test
    void a_hedge_does_not_use_up_a_retry() throws Exception {
        HedgedCall call = HedgedCall.hedged("retry.max-attempts=2", "retry.backoff.delay=50ms");
        call.script.fail(0, new IOException());
        call.script.fail(1, new IOException());
        call.script.awaitStart(2);
        call.script.answer(2, "of the retry");
        assertThat(call.answer()).isEqualTo("of the retry");
    }

    @Test
    void a_business_exception_is_an_answer_and_wins() throws Exception {
        HedgedCall call = HedgedCall.hedged("business-exceptions=java.util.NoSuchElementException");
        call.script.fail(1, new NoSuchElementException());
        assertThat(call.failure()).isInstanceOf(NoSuchElementException.class);
        call.script.awaitInterrupt(0);
    }

    @Test
    void an_error_is_not_waited_with() throws Exception {
        HedgedCall call = HedgedCall.hedged();
        call.script.fail(1, new StackOverflowError());
        assertThat(call.failure()).isInstanceOf(StackOverflowError.class);
        call.script.awaitInterrupt(0);
    }

    @Test
    void an_interrupt_of_the_caller_cancels_all_attempts() throws Exception {
        HedgedCall call = HedgedCall.hedged();
        call.interruptCaller();
        call.script.awaitInterrupt(0);
        call.script.awaitInterrupt(1);
        assertThat(call.leavesCallerInterrupted()).isTrue();
        assertThat(call.failure()).isInstanceOf(InterruptedException.class);
        assertThat(call.calls.time.pending()).isZero();
    }

    @Test
    void as_many_hedges_are_started_as_max_each_after_another_delay() throws Exception {
        HedgedCall call = HedgedCall.hedged("hedge.max=2");
        call.pass(200);
        call.script.awaitStart(2);
        call.awaitHedges(2);
        assertThat(call.calls.time.pending()).as("no third one").isZero();
        call.script.answer(2, "of the second hedge");
        assertThat(call.answer()).isEqualTo("of the second hedge");
        call.script.awaitInterrupt(0);
        call.script.awaitInterrupt(1);
    }

    @Test
    void a_quantile_hedges_only_when_enough_is_known_and_then_after_it() throws Exception {
        TestCalls calls = HedgedCall.calls("hedge.delay=p90", "thread-pool-bulkhead.max-thread-pool-size=64");
        for (int i = 1; i <= 200; i++) {
            int millis = i;
            calls.remote().run(() -> calls.time.advance(ofMillis(millis)));
        }
        calls.time.advance(ofSeconds(1));
        assertThat(calls.pipeline().counts().hedgesStarted())
                .as("not before it is known")
                .isLessThan(200);
        long before = calls.pipeline().counts().hedgesStarted();

        HedgedCall call = HedgedCall.begun(calls);
        await().until(() -> calls.time.pending() >= 1);
        calls.time.advance(ofMillis(150));
        assertThat(call.script.attempts()).isEqualTo(1);
        calls.time.advance(ofMillis(60));
        call.script.awaitStart(1);
        call.script.answer(1, "answer");
        call.answer();
        assertThat(call.counts().hedgesStarted()).isEqualTo(before + 1);
    }
}
