package io.github.resiliencestarter.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call that run at the same time. The thread of the caller starts them and decides everything; the threads
 * of attempts, and the clock, only tell it what has happened. The first answer wins; a failure counts once nothing else runs.
 */
final class HedgeRace {

    private static final Object HEDGE_DUE = new Object();

    private final HedgeStage stage;
    private final Execution call;
    private final CallScope.Captured scope = CallScope.capture();
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final List<HedgeAttempt> attempts = new ArrayList<>(2);
    private final List<Throwable> failures = new ArrayList<>(2);
    private @Nullable Alarm nextHedge;
    private int running;

    HedgeRace(HedgeStage stage, Execution call) {
        this.stage = stage;
        this.call = call;
    }

    @Nullable
    Object run() throws Throwable {
        start(false);
        try {
            arm();
            while (true) {
                Object event = events.take();
                if (event == HEDGE_DUE) {
                    hedge();
                } else {
                    HedgeAttempt ended = (HedgeAttempt) event;
                    running--;
                    Throwable failure = ended.failedWith();
                    if (failure == null) {
                        return answer(ended);
                    }
                    Throwable thrown = stage.decide(call, failures, failure, ended.isHedge(), running);
                    if (thrown != null) {
                        throw thrown;
                    }
                }
            }
        } finally {
            end();
        }
    }

    private void start(boolean hedge) {
        HedgeAttempt attempt =
                new HedgeAttempt(call, hedge, stage.method(call), stage.next(), stage.clock(), scope, events::add);
        stage.workers().submit(call.call(), attempt.task());
        attempts.add(attempt);
        running++;
    }

    private void arm() {
        long delay = stage.policy().delay(call, attempts.size() - 1);
        if (delay != HedgePolicy.NEVER) {
            Alarm alarm = new Alarm() {
                @Override
                protected void ring() {
                    events.add(HEDGE_DUE);
                }
            };
            nextHedge = alarm;
            stage.clock().set(alarm, delay);
        }
    }

    private void hedge() {
        call.now = stage.clock().nanoTime();
        boolean tooLate = call.hasDeadline() && call.remaining() <= 0;
        if (tooLate || !stage.policy().permits(call, scope)) {
            return;
        }
        try {
            start(true);
        } catch (RuntimeException noThread) {
            // The attempt that runs may answer all the same.
            return;
        }
        stage.policy().started();
        arm();
    }

    private @Nullable Object answer(HedgeAttempt winner) {
        if (winner.isHedge()) {
            call.wonByHedge();
            stage.policy().won();
        }
        return winner.value();
    }

    /** Whatever still runs is not waited for. */
    private void end() {
        if (nextHedge != null) {
            nextHedge.cancel();
        }
        long now = stage.clock().nanoTime();
        for (HedgeAttempt attempt : attempts) {
            boolean lost = !attempt.hasEnded();
            attempt.cancel();
            if (attempt.hasBegun()) {
                call.ran(attempt.duration(now), attempt.isHedge());
                if (lost) {
                    stage.remember(attempt.duration(now), now);
                }
            }
        }
        call.now = now;
    }
}
