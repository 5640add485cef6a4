package io.github.resiliencestarter.call;

import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.LastKnownGood;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a failed call from the last success with the same arguments. It is outside of the circuit breaker, so it answers what
 * that rejects, and inside of the fallback, whose answers are never taken for successes. A fallback that takes a {@link
 * io.github.resiliencestarter.CallFailure} is given the answer, and decides.
 */
final class LastKnownGoodStage extends Stage {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.resiliencestarter");

    private final FailureRules failures;
    private final CallClock clock;
    private final CallCounts counts;
    private final AtomicBoolean toldOfArguments = new AtomicBoolean();
    private final Stage next;

    LastKnownGoodStage(CallParts parts, Stage next) {
        super(next);
        this.failures = parts.failures();
        this.clock = parts.clock();
        this.counts = parts.counts();
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        begin(execution);
        Object value;
        try {
            value = next.run(execution);
        } catch (Throwable failure) {
            if (!answers(execution, failure)) {
                throw failure;
            }
            return known(execution);
        }
        remember(execution, value);
        return value;
    }

    @Override
    void start(AsyncExecution execution) {
        begin(execution);
        next.enter(execution);
    }

    @Override
    void succeeded(AsyncExecution execution, @Nullable Object value) {
        remember(execution, value);
        succeed(execution, value);
    }

    @Override
    void failed(AsyncExecution execution, Throwable failure) {
        if (answers(execution, failure)) {
            succeed(execution, known(execution));
        } else {
            fail(execution, failure);
        }
    }

    /** Before the call, for the method may change its arguments. */
    private void begin(Execution execution) {
        AnswerMemory memory = execution.memory();
        CallKey key = memory == null ? null : compared(execution, execution::key);
        if (memory != null && key != null) {
            execution.recollection = new Recollection(memory, key);
        }
    }

    private void remember(Execution execution, @Nullable Object value) {
        Recollection recollection = execution.recollection;
        if (recollection != null) {
            compared(execution, () -> {
                recollection.memory.remember(recollection.key, value);
                return null;
            });
        }
    }

    private static @Nullable Object known(Execution execution) {
        Recollection recollection = CallParts.required(execution.recollection);
        return CallParts.required(recollection.found).value();
    }

    /** Arguments that cannot be compared must not fail a call that would succeed without us. */
    private <T> @Nullable T compared(Execution execution, Supplier<@Nullable T> comparison) {
        try {
            return comparison.get();
        } catch (RuntimeException | StackOverflowError incomparable) {
            if (toldOfArguments.compareAndSet(false, true)) {
                LOG.warn(
                        "Call '{}' has last-known-good, but equals or hashCode of an argument fails: such calls are"
                                + " not remembered. Take arguments that can be compared, or set last-known-good.enabled:"
                                + " false",
                        execution.call(),
                        incomparable);
            }
            return null;
        }
    }

    /** Whether the last known good answer is what the caller gets instead of the failure. */
    private boolean answers(Execution execution, Throwable failure) {
        Recollection recollection = execution.recollection;
        if (recollection == null) {
            return false;
        }
        FailureReason reason = failures.reasonOf(execution, failure);
        if (reason == FailureReason.BUSINESS) {
            // It is an answer, too, and newer than the one we know.
            compared(execution, () -> {
                recollection.memory.forget(recollection.key);
                return null;
            });
        }
        if (FailureRules.endsCall(reason)) {
            return false;
        }
        execution.now = clock.nanoTime();
        LastKnownGood known = compared(execution, () -> recollection.memory.find(recollection.key));
        recollection.found = known;
        if (known == null || execution.fallbackDecides(failure)) {
            return false;
        }
        execution.failed(failure, reason);
        recollection.answered = true;
        counts.answeredStale();
        return true;
    }
}
