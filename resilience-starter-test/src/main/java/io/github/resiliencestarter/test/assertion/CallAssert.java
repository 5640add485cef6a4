package io.github.resiliencestarter.test.assertion;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.plan.PlanValue;
import io.github.resiliencestarter.operations.CallEvent;
import io.github.resiliencestarter.operations.CallFailed;
import io.github.resiliencestarter.operations.CallFellBack;
import io.github.resiliencestarter.operations.CallRetried;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a call: its plan, its circuit breaker, and what has happened since the test began. When one does not hold, the
 * message shows the plan, the counts and the last events.
 */
public final class CallAssert extends AbstractAssert<CallAssert, ObservedCall> {

    CallAssert(ObservedCall call) {
        super(call, CallAssert.class);
    }

    /** Its circuit is open and waits; {@link #isForcedOpen()} is another state. */
    public CallAssert isOpen() {
        return hasState(State.OPEN);
    }

    public CallAssert isHalfOpen() {
        return hasState(State.HALF_OPEN);
    }

    public CallAssert isClosed() {
        return hasState(State.CLOSED);
    }

    public CallAssert isForcedOpen() {
        return hasState(State.FORCED_OPEN);
    }

    /** Its circuit breaker has this state; a call without one has none. */
    public CallAssert hasState(State expected) {
        return check("circuit", expected, actual.state());
    }

    /** Its method was started so often since the test began, retries included; attempts that a fault ended count. */
    public CallAssert hasAttempted(long times) {
        return check("number of attempts", times, actual.attempts());
    }

    /** So many of its calls ended in this way since the test began. */
    public CallAssert hasEnded(Outcome outcome, long times) {
        return check("number of calls that ended as " + outcome.tag(), times, actual.ended(outcome));
    }

    /** So many of its calls returned at the first attempt. */
    public CallAssert hasSucceeded(long times) {
        return hasEnded(Outcome.SUCCESS, times);
    }

    /** So many of its calls returned at a later attempt. */
    public CallAssert hasRecovered(long times) {
        return hasEnded(Outcome.RECOVERED, times);
    }

    /** So many of its calls were answered by the fallback. */
    public CallAssert hasFallenBack(long times) {
        return hasEnded(Outcome.FALLBACK, times);
    }

    /** So many of its calls failed for their callers, rejected ones not counted. */
    public CallAssert hasFailed(long times) {
        return hasEnded(Outcome.FAILED, times);
    }

    /** So many of its calls were turned away on this side, as by an open circuit. */
    public CallAssert hasRejected(long times) {
        return hasEnded(Outcome.REJECTED, times);
    }

    /** It has these strategies in this order, outermost first; others may stand between them. */
    public CallAssert isOrdered(Strategy... outermostFirst) {
        List<Strategy> expected = List.of(outermostFirst);
        List<Strategy> found =
                actual.order().stream().filter(expected::contains).toList();
        return check("order", expected, found);
    }

    /** It has exactly these strategies, in this order, besides the observing and the method, which every call has. */
    public CallAssert hasOnly(Strategy... outermostFirst) {
        List<Strategy> found = actual.order().stream()
                .filter(strategy -> strategy != Strategy.OBSERVE && strategy != Strategy.METHOD)
                .toList();
        return check("strategies", List.of(outermostFirst), found);
    }

    /** Its plan has this value, such as {@code hasSetting("retry.max-attempts", 3)}. */
    public CallAssert hasSetting(String key, Object expected) {
        PlanValue value = actual.plan().value(key);
        return check("setting " + key, expected, value == null ? null : value.value());
    }

    /** The waits before its retries since the test began, of all its calls, in order. */
    public CallAssert hasWaited(Duration... delays) {
        List<Duration> waited = actual.events().stream()
                .filter(CallRetried.class::isInstance)
                .map(event -> ((CallRetried) event).delay())
                .toList();
        return check("waits before retries", List.of(delays), waited);
    }

    /** The exception of its last call that failed, or that was answered by the fallback, is of this type. */
    public CallAssert hasLastFailedWith(Class<? extends Throwable> type) {
        Throwable last = null;
        for (CallEvent event : actual.events()) {
            last = failureOf(event) == null ? last : failureOf(event);
        }
        return type.isInstance(last) ? this : fail("last failure", "an instance of " + type.getName(), last);
    }

    private static @Nullable Throwable failureOf(CallEvent event) {
        if (event instanceof CallFailed failed) {
            return failed.exception();
        }
        return event instanceof CallFellBack fellBack ? fellBack.exception() : null;
    }

    /** These happened since the test began, in this order; others may have happened between them. */
    @SafeVarargs
    public final CallAssert hasPublished(Class<? extends CallEvent>... types) {
        int next = 0;
        for (CallEvent event : actual.events()) {
            if (next < types.length && types[next].isInstance(event)) {
                next++;
            }
        }
        List<String> expected = Arrays.stream(types).map(Class::getSimpleName).toList();
        return next == types.length ? this : fail("events", expected, "only the first " + next + " of them");
    }

    /**
     * The meters of this name with the tag of this call have counted so often since the test began, such as
     * {@code hasMeasured("resilience.call", 1, "outcome", "fallback")}.
     *
     * @param tags keys and values in turn
     */
    public CallAssert hasMeasured(String meter, double count, String... tags) {
        return check("count of meter " + meter + " " + List.of(tags), count, actual.measured(meter, tags));
    }

    private CallAssert check(String what, @Nullable Object expected, @Nullable Object found) {
        return Objects.equals(expected, found) ? this : fail(what, expected, found);
    }

    private CallAssert fail(String what, @Nullable Object expected, @Nullable Object found) {
        throw failure(
                "%nExpected %s: %s%n but was: %s%n%n%s",
                what, expected, found == null ? "none" : found, CallDescription.of(actual));
    }
}
