package io.github.resiliencestarter.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call that answers later. Each is an execution of its own, with its own timeout and its own waits; the call
 * waits for this race. Its lock is held only while it is decided what an event means.
 */
final class AsyncHedgeRace extends Pending {

    private final HedgeStage stage;
    private final AsyncExecution call;
    private final CallScope.Captured scope = CallScope.capture();
    private final int attemptsBefore;
    private final List<AsyncExecution> attempts = new ArrayList<>(2);
    private final List<Throwable> failures = new ArrayList<>(2);
    private int running;
    private boolean over;
    private @Nullable Alarm nextHedge;

    AsyncHedgeRace(HedgeStage stage, AsyncExecution call) {
        super(call);
        this.stage = stage;
        this.call = call;
        this.attemptsBefore = call.attempts() - call.hedges();
    }

    void start() {
        call.leaveThread();
        if (!call.await(this)) {
            stage.fail(call, call.cancellation());
            return;
        }
        startAttempt(false);
    }

    private void startAttempt(boolean hedge) {
        AsyncExecution attempt = call.fork(this);
        attempt.now = hedge ? stage.clock().nanoTime() : call.now;
        synchronized (this) {
            if (over) {
                return;
            }
            attempts.add(attempt);
            running++;
        }
        if (hedge) {
            stage.policy().started();
        }
        // Before the method is started, which may take its time.
        arm();
        stage.next().enter(attempt);
    }

    private void arm() {
        long delay = stage.policy().delay(call, attempts.size() - 1);
        if (delay == HedgePolicy.NEVER) {
            return;
        }
        Alarm alarm = new Alarm() {
            @Override
            protected void ring() {
                call.continueWith(AsyncHedgeRace.this::hedge);
            }
        };
        synchronized (this) {
            if (over) {
                return;
            }
            nextHedge = alarm;
        }
        stage.clock().set(alarm, delay);
    }

    private void hedge() {
        long now = stage.clock().nanoTime();
        boolean tooLate = call.hasDeadline() && call.deadline - now <= 0;
        if (!isOver() && !tooLate && stage.policy().permits(call, scope)) {
            startAttempt(true);
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** An attempt has come to its end; the failure is null where it has succeeded. */
    void ended(AsyncExecution attempt, @Nullable Object value, @Nullable Throwable failure) {
        attempt.end();
        Throwable thrown;
        synchronized (this) {
            running--;
            if (over) {
                return;
            }
            thrown = failure == null ? null : decided(attempt, failure);
            over = failure == null || thrown != null;
            if (!over) {
                return;
            }
        }
        if (!claim()) {
            return;
        }
        boolean byHedge = failure == null && attempt != attempts.get(0);
        settle(attempt);
        if (byHedge) {
            call.wonByHedge();
            stage.policy().won();
        }
        call.resume(() -> {
            if (thrown == null) {
                stage.succeed(call, value);
            } else {
                stage.fail(call, thrown);
            }
        });
    }

    private @Nullable Throwable decided(AsyncExecution attempt, Throwable failure) {
        return stage.decide(call, failures, failure, attempt != attempts.get(0), running);
    }

    /** Whatever still runs is not waited for; what the attempts took is the call's. */
    private void settle(@Nullable AsyncExecution decisive) {
        if (nextHedge != null) {
            nextHedge.cancel();
        }
        long now = stage.clock().nanoTime();
        for (AsyncExecution attempt : attempts) {
            boolean lost = attempt != decisive && attempt.cancel();
            if (attempt.attempts() > attemptsBefore) {
                call.ran(attempt.longestAttempt(), attempt != attempts.get(0));
                if (lost) {
                    stage.remember(attempt.longestAttempt(), now);
                }
            }
        }
        call.now = now;
    }

    @Override
    public void run() {
        throw new IllegalStateException("A race has no time limit of its own");
    }

    @Override
    void abandoned(CancellationException cancellation) {
        synchronized (this) {
            over = true;
        }
        settle(null);
        stage.fail(call, cancellation);
    }
}
