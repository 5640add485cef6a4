package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.LastKnownGood;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One logical call on its way through a pipeline: the code to run, and what has happened so far. It belongs to the
 * calling thread; a worker thread only runs {@link #attempt()}.
 *
 * <p>Reading the clock is a large part of what a successful call costs, so {@link #now} keeps the last reading: the
 * start of the call serves as the start of the first attempt, and the end of the last attempt as the end of the call.
 * A stage that waits refreshes it.
 */
public abstract class Execution {

    long startedAt;
    long now;
    long deadline = CallScope.NO_DEADLINE;
    boolean deadlineInherited;
    /** Whether the attempt was given less time than its own timeout, because the deadline comes first. */
    boolean cutByDeadline;

    boolean trial;
    /** What the calls around leave to this one. */
    RetriesInside nestedRetries = RetriesInside.ALLOWED;

    /** Whether the caller has seen the first of several elements: then there is no other attempt, and no fallback. */
    boolean answering;

    /** What is known of earlier calls; null where nothing is kept. */
    @Nullable
    Recollection recollection;

    private int attempts;
    private long lastAttempt;
    private Outcome outcome = Outcome.SUCCESS;
    private CallHistory history = CallHistory.NONE;

    /** Runs the protected code once. Each time it must be as if for the first time. */
    protected abstract @Nullable Object attempt() throws Throwable;

    /** Runs {@link #attempt()} on a worker thread, where what is bound to the calling thread is missing. */
    protected @Nullable Object attemptOnWorker() throws Throwable {
        return attempt();
    }

    /**
     * Answers in the place of the failed call, or throws.
     *
     * @return the answer; {@link Recovery#NONE} where there is no fallback for this exception
     */
    protected @Nullable Object recover(CallFailure failure) throws Throwable {
        return Recovery.NONE;
    }

    /** Whether code declares that the effect of two attempts is that of one; the plan may say otherwise. */
    protected boolean isDeclaredIdempotent() {
        return false;
    }

    /** Where the answers of the method are kept; null where they are not, or where nothing says what they depend on. */
    protected @Nullable AnswerMemory memory() {
        return null;
    }

    /** What the answer depends on; asked only where there is a {@link #memory()}. */
    protected CallKey key() {
        throw new UnsupportedOperationException();
    }

    /** Whether the fallback that would answer asks for more than the exception, and so for the last known good answer. */
    protected boolean fallbackDecides(Throwable failure) {
        return false;
    }

    /** The name of the call. */
    public abstract String call();

    /** How often the method was started. */
    public final int attempts() {
        return attempts;
    }

    /** How long the call has taken, in nanoseconds, to the last reading of the clock. */
    public final long elapsedNanos() {
        return now - startedAt;
    }

    /** How the call ended; meaningful once it has. */
    public final Outcome outcome() {
        return outcome;
    }

    /** Why the call failed; null if it did not. */
    public final @Nullable FailureReason reason() {
        return history.reason;
    }

    /** The original exception, before any fallback; null if there is none. */
    public final @Nullable Throwable failure() {
        return history.failure;
    }

    /** What the caller sees: the original exception or what the fallback made of it; null if a value was returned. */
    public final @Nullable Throwable thrown() {
        return history.thrown;
    }

    /**
     * What the attempts that failed have done at the remote: the worst that is possible. Null where none has failed, or where
     * that says nothing about the remote.
     */
    public final @Nullable CallOutcome remoteOutcome() {
        return history.worst;
    }

    /** What the last attempt that failed has done at the remote; null where there is none. */
    public final @Nullable CallOutcome lastRemoteOutcome() {
        return history.last;
    }

    final void judged(CallOutcome outcome) {
        history().judged(outcome);
    }

    /** The answer of an earlier call that the caller got in the place of this one's failure; null if it did not. */
    public final @Nullable LastKnownGood staleAnswer() {
        return recollection == null || !recollection.answered ? null : recollection.found;
    }

    /** For an attempt that stands for itself: what has happened to the call so far. */
    final void continueFrom(Execution call) {
        startedAt = call.startedAt;
        now = call.now;
        deadline = call.deadline;
        deadlineInherited = call.deadlineInherited;
        trial = call.trial;
        nestedRetries = call.nestedRetries;
        attempts = call.attempts - call.hedges();
    }

    /** An attempt that stood for itself is over. */
    final void ran(long nanos, boolean hedge) {
        attempts++;
        if (hedge) {
            history().hedges++;
        }
        took(nanos);
    }

    /** How many of the attempts were started beside another one. */
    final int hedges() {
        return history.hedges;
    }

    final void wonByHedge() {
        history().wonByHedge = true;
    }

    /** Whether it took another attempt than the first one. */
    final boolean neededAnother() {
        return attempts - history.hedges > 1 || history.wonByHedge;
    }

    final void attemptStarted() {
        attempts++;
    }

    /** There was no thread for it after all. */
    final void attemptRefused() {
        attempts--;
    }

    /** Its time was up before a thread of the pool had taken it up: it has waited in our queue, and not for the remote. */
    final BulkheadFullException attemptQueued(ThreadPoolBulkhead pool) {
        attemptRefused();
        return BulkheadFullException.createBulkheadFullException(pool);
    }

    final void attemptEnded(long startedAt, long endedAt) {
        now = endedAt;
        took(endedAt - startedAt);
    }

    private void took(long nanos) {
        if (attempts > 1) {
            history().longestBefore = longestAttempt();
        }
        lastAttempt = nanos;
    }

    final long lastAttempt() {
        return lastAttempt;
    }

    final long longestAttempt() {
        return Math.max(history.longestBefore, lastAttempt);
    }

    final boolean hasDeadline() {
        return deadline != CallScope.NO_DEADLINE;
    }

    final long remaining() {
        return deadline - now;
    }

    final void failed(Throwable failure, FailureReason reason) {
        history().failure = failure;
        history().reason = reason;
    }

    final void completed(Outcome outcome, @Nullable Throwable thrown) {
        this.outcome = outcome;
        if (thrown != null) {
            history().thrown = thrown;
        }
    }

    private CallHistory history() {
        if (history == CallHistory.NONE) {
            history = new CallHistory();
        }
        return history;
    }

    final CallFailure toFailure(Throwable failure, FailureReason reason, @Nullable CircuitBreaker breaker) {
        return new CallFailure(
                call(),
                reason,
                attempts,
                Duration.ofNanos(elapsedNanos()),
                history.worst == null ? CallOutcome.UNKNOWN : history.worst,
                breaker == null ? null : breaker.getState(),
                failure,
                recollection == null ? null : recollection.found);
    }
}
