package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.LastKnownGood;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.RetrySuppression;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one call, in a logger of its own: {@value #LOGGER} followed by the name of the call. One line for each logical
 * call that did not simply succeed: a failure is an ERROR with the original exception, also where a fallback answered; a
 * rejection is a WARN without a stack trace, since it says nothing about the remote and there are thousands in an outage.
 *
 * <p>What the remote said (the message of its exception) appears as part of the exception only. Thread-safe.
 */
public final class CallLog implements CallObserver {

    static final String LOGGER = "io.github.resiliencestarter.call.";

    private final Logger log;

    private CallLog(Logger log) {
        this.log = log;
    }

    public static CallObserver.Factory factory() {
        return (plan, counts) -> new CallLog(LoggerFactory.getLogger(LOGGER + plan.name()));
    }

    @Override
    public void retrying(Execution execution, Throwable failure, long delayMillis) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "Call '{}': attempt {} failed ({}), the next one starts in {} ms",
                    execution.call(),
                    execution.attempts(),
                    tagOf(execution.lastRemoteOutcome()),
                    delayMillis,
                    failure);
        }
    }

    @Override
    public void suppressed(Execution execution, @Nullable Throwable failure, RetrySuppression reason) {
        if (log.isDebugEnabled()) {
            String why = switch (reason) {
                case BUDGET -> "the budget of its retries is spent";
                case NESTED -> "a call around it tries again";
                case UNKNOWN_OUTCOME -> "its outcome is unknown, and nobody says that the call may be made twice";
            };
            log.debug(
                    "Call '{}': attempt {} failed and is the last one, for {}",
                    execution.call(),
                    execution.attempts(),
                    why);
        }
    }

    @Override
    public boolean observesSuccess() {
        return false;
    }

    @Override
    public void completed(Execution execution) {
        FailureReason reason = execution.reason();
        if (reason == null) {
            if (execution.outcome() == Outcome.RECOVERED) {
                recovered(execution);
            }
        } else if (reason == FailureReason.BUSINESS) {
            business(execution);
        } else if (reason == FailureReason.CANCELLED) {
            cancelled(execution);
        } else if (reason.isRejection()) {
            rejected(execution, reason);
        } else {
            failed(execution, reason);
        }
    }

    private void recovered(Execution execution) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "Call '{}' succeeded in attempt {}, after {} ms",
                    execution.call(),
                    execution.attempts(),
                    millis(execution));
        }
    }

    private void business(Execution execution) {
        if (log.isDebugEnabled()) {
            log.debug("Call '{}' was answered with {}", execution.call(), typeOf(execution.failure()));
        }
    }

    private void cancelled(Execution execution) {
        if (log.isDebugEnabled()) {
            log.debug("Call '{}' was cancelled after {} ms", execution.call(), millis(execution));
        }
    }

    private void rejected(Execution execution, FailureReason reason) {
        if (log.isWarnEnabled()) {
            log.warn("Call '{}' was rejected: {}{}", execution.call(), reason.tag(), whatCallersSee(execution));
        }
    }

    private void failed(Execution execution, FailureReason reason) {
        if (log.isErrorEnabled()) {
            log.error(
                    "Call '{}' failed after {} in {} ms: {} ({}), outcome {}{}",
                    execution.call(),
                    execution.attempts() == 1 ? "1 attempt" : execution.attempts() + " attempts",
                    millis(execution),
                    reason.tag(),
                    typeOf(execution.failure()),
                    tagOf(execution.remoteOutcome()),
                    whatCallersSee(execution),
                    execution.failure());
        }
    }

    /** Empty where callers see the very exception that is logged. */
    private static String whatCallersSee(Execution execution) {
        LastKnownGood stale = execution.staleAnswer();
        if (stale != null) {
            return "; answered with what was known " + stale.age().toSeconds() + " s ago";
        }
        if (execution.outcome() == Outcome.FALLBACK) {
            return "; answered by its fallback";
        }
        return execution.thrown() == execution.failure() ? "" : "; callers see " + typeOf(execution.thrown());
    }

    private static String tagOf(@Nullable CallOutcome outcome) {
        return outcome == null ? CallOutcome.UNKNOWN.tag() : outcome.tag();
    }

    private static String typeOf(@Nullable Throwable throwable) {
        return throwable == null ? "nothing" : throwable.getClass().getSimpleName();
    }

    private static long millis(Execution execution) {
        return execution.elapsedNanos() / 1_000_000;
    }
}
