package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.call.RetryDecision.STOP;

import io.github.resilience4j.retry.Retry;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tries again after a back-off, as long as its {@link RetryDecision} sees sense in it and its {@link RetryLoad} lets it. */
final class RetryStage extends Stage {

    private final RetryDecision decision;
    private final CallClock clock;
    private final CallObserver[] observers;
    private final RetryLoad load;
    private final Stage next;

    RetryStage(CallPlan plan, CallParts parts, Stage next) {
        super(next);
        this.decision = new RetryDecision(parts);
        this.clock = parts.clock();
        this.observers = parts.observers().toArray(CallObserver[]::new);
        this.load = new RetryLoad(plan, parts);
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        CallScope scope = load.enter(execution);
        try {
            return attempts(execution);
        } finally {
            load.leave(scope, execution);
        }
    }

    private @Nullable Object attempts(Execution execution) throws Throwable {
        Retry.AsyncContext<Object> context = decision.begin();
        List<Throwable> earlier = List.of();
        while (true) {
            Object value;
            try {
                value = next.run(execution);
            } catch (Throwable failure) {
                context = decision.remembering(context);
                long delay = decision.delayAfter(failure, execution, context);
                if (delay == STOP || !load.permitsRetry(execution, failure)) {
                    throw Suppression.keepAll(earlier, failure);
                }
                tell(execution, failure, delay);
                if (!pause(execution, delay)) {
                    throw Suppression.keepAll(earlier, failure);
                }
                earlier = plus(earlier, failure);
                continue;
            }
            long delay = decision.delayAfterValue(value, execution, context);
            if (delay == STOP || !load.permitsRetry(execution, null) || !pause(execution, delay)) {
                context.onComplete();
                return value;
            }
        }
    }

    /** Waits. False if there is to be no other attempt after all; after an interruption the flag is set again. */
    private boolean pause(Execution execution, long delayMillis) {
        try {
            clock.sleep(TimeUnit.MILLISECONDS.toNanos(delayMillis));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        execution.now = clock.nanoTime();
        return decision.stands(execution);
    }

    @Override
    void start(AsyncExecution execution) {
        load.enter(execution, CallScope.ofThread());
        execution.retries = decision.begin();
        next.enter(execution);
    }

    @Override
    void succeeded(AsyncExecution execution, @Nullable Object value) {
        Retry.AsyncContext<Object> context = CallParts.required(execution.retries);
        long delay = decision.delayAfterValue(value, execution, context);
        if (delay == STOP || !load.permitsRetry(execution, null)) {
            context.onComplete();
            succeed(execution, value);
        } else {
            pause(execution, delay, () -> {
                context.onComplete();
                succeed(execution, value);
            });
        }
    }

    @Override
    void failed(AsyncExecution execution, Throwable failure) {
        Retry.AsyncContext<Object> context = decision.remembering(CallParts.required(execution.retries));
        execution.retries = context;
        long delay = decision.delayAfter(failure, execution, context);
        List<Throwable> earlier = execution.earlier;
        if (delay == STOP || !load.permitsRetry(execution, failure)) {
            fail(execution, Suppression.keepAll(earlier, failure));
            return;
        }
        tell(execution, failure, delay);
        execution.earlier = plus(earlier, failure);
        pause(execution, delay, () -> fail(execution, Suppression.keepAll(earlier, failure)));
    }

    /** Tries again after the wait, or does the other thing if there is to be no other attempt after all. */
    private void pause(AsyncExecution execution, long delayMillis, Runnable otherwise) {
        Pause.start(execution, this, clock, TimeUnit.MILLISECONDS.toNanos(delayMillis), () -> {
            execution.now = clock.nanoTime();
            if (decision.stands(execution)) {
                next.enter(execution);
            } else {
                otherwise.run();
            }
        });
    }

    private void tell(Execution execution, Throwable failure, long delayMillis) {
        for (CallObserver observer : observers) {
            observer.retrying(execution, failure, delayMillis);
        }
    }

    private static List<Throwable> plus(List<Throwable> earlier, Throwable failure) {
        List<Throwable> more = earlier.isEmpty() ? new ArrayList<>(2) : earlier;
        more.add(failure);
        return more;
    }
}
