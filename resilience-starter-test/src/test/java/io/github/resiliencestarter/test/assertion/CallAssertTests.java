package io.github.resiliencestarter.test.assertion;

import static io.github.resiliencestarter.Strategy.BULKHEAD;
import static io.github.resiliencestarter.Strategy.CIRCUIT_BREAKER;
import static io.github.resiliencestarter.Strategy.FALLBACK;
import static io.github.resiliencestarter.Strategy.RETRY;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThatCode;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.call;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.catchThrowable;
import static java.time.Duration.ofMillis;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.operations.CallEvent;
import io.github.resiliencestarter.operations.CallFellBack;
import io.github.resiliencestarter.operations.CallRetried;
import io.github.resiliencestarter.operations.CircuitStateChanged;
import io.github.resiliencestarter.test.ResilienceTest;
import io.github.resiliencestarter.test.Storage;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Two calls fail after a retry each and open the circuit; the third is rejected. All are answered by the fallback. */
@ResilienceTest(
        value = Storage.class,
        properties = {
            "resilience.calls.oracleStorage.retry.max-attempts=2",
            "resilience.calls.oracleStorage.retry.backoff.jitter=0",
            "resilience.calls.oracleStorage.circuit-breaker.minimum-number-of-calls=2"
        })
class CallAssertTests {

    @BeforeEach
    void three_calls(@Autowired Storage storage, @Autowired CallFaults faults) throws Exception {
        faults.on("oracleStorage").failRate(1, IOException.class);
        for (int i = 0; i < 3; i++) {
            storage.upload("contents");
        }
    }

    @Test
    void what_is_so_holds() {
        assertThat(call("oracleStorage"))
                .isOpen()
                .hasAttempted(4)
                .hasFallenBack(3)
                .hasSucceeded(0)
                .hasFailed(0)
                .hasRejected(0)
                .hasRecovered(0)
                .isOrdered(FALLBACK, CIRCUIT_BREAKER, RETRY)
                .hasOnly(FALLBACK, CIRCUIT_BREAKER, RETRY)
                .hasSetting("retry.max-attempts", 2)
                .hasWaited(ofMillis(200), ofMillis(200))
                .hasLastFailedWith(CallNotPermittedException.class)
                .hasPublished(CallRetried.class, CircuitStateChanged.class, CallFellBack.class)
                .hasMeasured("resilience.call", 1, "outcome", "fallback", "reason", "circuit-open");
    }

    static Stream<Arguments> whatIsNotSo() {
        return Stream.of(
                not("Expected circuit: CLOSED", CallAssert::isClosed),
                not("Expected circuit: HALF_OPEN", CallAssert::isHalfOpen),
                not("Expected circuit: FORCED_OPEN", CallAssert::isForcedOpen),
                not("Expected number of attempts: 3", that -> that.hasAttempted(3)),
                not("ended as rejected: 1", that -> that.hasEnded(Outcome.REJECTED, 1)),
                not("Expected order: [CIRCUIT_BREAKER, FALLBACK]", that -> that.isOrdered(CIRCUIT_BREAKER, FALLBACK)),
                not("Expected order: [CIRCUIT_BREAKER, BULKHEAD]", that -> that.isOrdered(CIRCUIT_BREAKER, BULKHEAD)),
                not("Expected strategies: [RETRY]", that -> that.hasOnly(RETRY)),
                not("Expected setting retry.max-attempts: 3", that -> that.hasSetting("retry.max-attempts", 3)),
                not("but was: none", that -> that.hasSetting("timeout.total", 3)),
                not("Expected waits before retries: [PT0.2S]", that -> that.hasWaited(ofMillis(200))),
                not("an instance of java.io.IOException", that -> that.hasLastFailedWith(IOException.class)),
                not(
                        "only the first 1 of them",
                        that -> that.hasPublished(CircuitStateChanged.class, CallRetried.class)),
                not("Expected count of meter resilience.call", that -> that.hasMeasured("resilience.call", 99)),
                not("but was: none", that -> that.hasMeasured("resilience.unknown", 1)));
    }

    private static Arguments not(String message, Consumer<CallAssert> assertion) {
        return Arguments.of(message, assertion);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsNotSo")
    void what_is_not_so_fails_and_says_what_was_expected(String message, Consumer<CallAssert> assertion) {
        assertThatCode(() -> assertion.accept(assertThat(call("oracleStorage"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_failure_shows_the_plan_the_counts_and_the_last_events() {
        Throwable failure =
                catchThrowable(() -> assertThat(call("oracleStorage")).isClosed());
        assertThat(failure)
                .hasMessageContaining("observe > fallback > circuitBreaker > retry > method")
                .hasMessageContaining("circuit OPEN, 4 attempts, calls: 3 fallback")
                .hasMessageContaining("retry.max-attempts = 2")
                .hasMessageNotContaining("bulkhead.max-concurrent-calls")
                .hasMessageContaining("last 6 of 6 events:")
                .hasMessageContaining("attempt 1 failed, next in 200 ms: java.io.IOException")
                .hasMessageContaining("circuit CLOSED -> OPEN")
                .hasMessageContaining("fell back (circuit-open) after 0 attempts");
    }

    @Test
    void events_have_the_time_of_the_test() {
        assertThat(call("oracleStorage").events())
                .extracting(CallEvent::time)
                .allMatch(moment -> moment.isBefore(VirtualTime.START.plusSeconds(1)));
    }
}
