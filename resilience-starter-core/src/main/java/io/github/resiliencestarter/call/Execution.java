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

    private static final CallOutcome[] OUTCOMES = CallOutcome.values();

    long startedAt;
    long now;
    long deadline = CallScope.NO_DEADLINE;
    boolean deadlineInherited;
    /** What the attempt would have been given without a deadline; kept only where there is one. */
    long ownLimit;

    boolean trial;
    boolean nestedInRetry;
    /** Whether the caller has seen the first of several elements: then there is no other attempt, and no fallback. */
    boolean answering;
    /** {@link CallOutcome} plus one of all failed attempts and of the last one; 0 while nothing was judged. */
    private byte worst;

    private byte last;

    /** What is known of earlier calls; null where nothing is kept. */
    @Nullable
    Recollection recollection;

    boolean wonByHedge;
    /** Small, so that the object of a call has room for it beside the flags. */
    private short hedges;

    private int attempts;
    private long lastAttempt;
    private long longestAttempt;
    private @Nullable Throwable failure;
    private @Nullable FailureReason reason;
    private Outcome outcome = Outcome.SUCCESS;
    private @Nullable Throwable thrown;

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
        return reason;
    }

    /** The original exception, before any fallback; null if there is none. */
    public final @Nullable Throwable failure() {
        return failure;
    }

    /** What the caller sees: the original exception or what the fallback made of it; null if a value was returned. */
    public final @Nullable Throwable thrown() {
        return thrown;
    }

    /**
     * What the attempts that failed have done at the remote: the worst that is possible. Null where none has failed, or where
     * that says nothing about the remote.
     */
    public final @Nullable CallOutcome remoteOutcome() {
        return worst == 0 ? null : OUTCOMES[worst - 1];
    }

    /** What the last attempt that failed has done at the remote; null where there is none. */
    public final @Nullable CallOutcome lastRemoteOutcome() {
        return last == 0 ? null : OUTCOMES[last - 1];
    }

    final void judged(CallOutcome outcome) {
        last = (byte) (outcome.ordinal() + 1);
        worst = (byte) Math.max(worst, last);
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
        nestedInRetry = call.nestedInRetry;
        attempts = call.attempts - call.hedges;
    }

    /** An attempt that stood for itself is over. */
    final void ran(long nanos, boolean hedge) {
        attempts++;
        hedges += hedge ? 1 : 0;
        lastAttempt = nanos;
        longestAttempt = Math.max(longestAttempt, nanos);
    }

    /** How many of the attempts were started beside another one. */
    final int hedges() {
        return hedges;
    }

    /** Whether it took another attempt than the first one. */
    final boolean neededAnother() {
        return attempts - hedges > 1 || wonByHedge;
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
        lastAttempt = endedAt - startedAt;
        longestAttempt = Math.max(longestAttempt, lastAttempt);
    }

    final long lastAttempt() {
        return lastAttempt;
    }

    final long longestAttempt() {
        return longestAttempt;
    }

    final boolean hasDeadline() {
        return deadline != CallScope.NO_DEADLINE;
    }

    final long remaining() {
        return deadline - now;
    }

    final void failed(Throwable failure, FailureReason reason) {
        this.failure = failure;
        this.reason = reason;
    }

    final void completed(Outcome outcome, @Nullable Throwable thrown) {
        this.outcome = outcome;
        this.thrown = thrown;
    }

    final CallFailure toFailure(Throwable failure, FailureReason reason, @Nullable CircuitBreaker breaker) {
        return new CallFailure(
                call(),
                reason,
                attempts,
                Duration.ofNanos(elapsedNanos()),
                worst == 0 ? CallOutcome.UNKNOWN : OUTCOMES[worst - 1],
                breaker == null ? null : breaker.getState(),
                failure,
                recollection == null ? null : recollection.found);
    }
}
