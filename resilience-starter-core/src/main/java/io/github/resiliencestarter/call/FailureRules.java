package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.core.exception.AcquirePermissionCancelledException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.NoWorkerAvailableException;
import io.github.resiliencestarter.WorkerRefusedException;
import io.github.resiliencestarter.call.outcome.Causes;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** What an exception means to a call. The same exception means the same to every stage. Immutable. */
public final class FailureRules {

    private final List<Class<? extends Throwable>> businessExceptions;

    public FailureRules(List<Class<? extends Throwable>> businessExceptions) {
        this.businessExceptions = List.copyOf(businessExceptions);
    }

    /** What the failure of this call, or of one of its attempts, means. */
    FailureReason reasonOf(Execution call, Throwable failure) {
        if (isBusiness(failure)) {
            return FailureReason.BUSINESS;
        }
        if (failure instanceof Error) {
            return FailureReason.ERROR;
        }
        if (failure instanceof CallNotPermittedException) {
            return FailureReason.CIRCUIT_OPEN;
        }
        if (failure instanceof BulkheadFullException) {
            return FailureReason.BULKHEAD_FULL;
        }
        if (failure instanceof RequestNotPermitted) {
            return FailureReason.RATE_LIMITED;
        }
        if (failure instanceof AttemptTimeoutException) {
            return FailureReason.TIMEOUT;
        }
        if (failure instanceof DeadlineExceededException) {
            return FailureReason.DEADLINE_EXCEEDED;
        }
        if (failure instanceof CancellationException && isCancellation(call, failure)) {
            return FailureReason.CANCELLED;
        }
        if (failure instanceof NoWorkerAvailableException || failure instanceof WorkerRefusedException) {
            return FailureReason.NO_WORKER;
        }
        return isInterruption(failure) ? FailureReason.INTERRUPTED : FailureReason.EXCEPTION;
    }

    /** Whether it is the end of the call: neither another attempt nor an earlier answer may stand in for it. */
    static boolean endsCall(FailureReason reason) {
        return switch (reason) {
            case BUSINESS, ERROR, INTERRUPTED, CANCELLED -> true;
            case EXCEPTION, TIMEOUT, DEADLINE_EXCEEDED, CIRCUIT_OPEN, BULKHEAD_FULL, RATE_LIMITED, NO_WORKER -> false;
        };
    }

    /**
     * Only what answers later is cancelled by somebody; a method that throws such an exception itself has failed. What ends
     * {@code withTimeout} of Kotlin is a cancellation by its type, and a failure by its meaning.
     */
    private static boolean isCancellation(Execution call, Throwable failure) {
        return call instanceof AsyncExecution
                && !failure.getClass().getName().equals("kotlinx.coroutines.TimeoutCancellationException");
    }

    private boolean isBusiness(Throwable failure) {
        for (Class<? extends Throwable> type : businessExceptions) {
            if (type.isInstance(failure)) {
                return true;
            }
        }
        return false;
    }

    /** Clients wrap an interruption in exceptions of their own, so the causes are looked at too. */
    private static boolean isInterruption(Throwable failure) {
        return Causes.first(failure, each -> interrupts(each) ? each : null) != null;
    }

    private static boolean interrupts(Throwable throwable) {
        if (throwable instanceof InterruptedException
                || throwable instanceof ClosedByInterruptException
                || throwable instanceof AcquirePermissionCancelledException) {
            return true;
        }
        // Some HTTP clients use this type for their own timeouts; only with the flag set is it an interruption.
        return throwable instanceof InterruptedIOException
                && !(throwable instanceof SocketTimeoutException)
                && Thread.currentThread().isInterrupted();
    }
}
