package io.github.resiliencestarter.call.reactive;

import io.github.resiliencestarter.call.AsyncExecution;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Receiver;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription, which is one logical call. It begins when the subscriber asks for the first element, so that an attempt
 * never waits for its subscriber. Of all attempts only one gets as far as an element; what the subscriber has asked for before
 * is asked of each.
 */
final class CallSubscription implements Subscription, Receiver {

    private final CoreSubscriber<? super Object> subscriber;
    private final AsyncExecution execution;
    private CallScope.Captured enclosing = CallScope.Captured.NONE;
    private long requested;
    private @Nullable ReactiveAttempt attempt;
    private volatile boolean cancelled;

    CallSubscription(
            CoreSubscriber<? super Object> subscriber,
            Pipeline pipeline,
            Supplier<? extends Execution> calls,
            ReactiveCalls type) {
        this.subscriber = subscriber;
        this.execution = new AsyncExecution(pipeline, calls.get(), type, this);
    }

    Context context() {
        return subscriber.currentContext();
    }

    @Override
    public void request(long more) {
        if (!Operators.validate(more)) {
            return;
        }
        boolean isFirst;
        ReactiveAttempt running;
        synchronized (this) {
            isFirst = requested == 0;
            requested = Operators.addCap(requested, more);
            running = attempt;
        }
        if (isFirst) {
            start();
        } else if (running != null) {
            running.request(more);
        }
    }

    /** Within the attempt that the subscriber's context knows of, on whichever thread it has come to subscribe. */
    private void start() {
        if (cancelled) {
            return;
        }
        CallScope.Captured ofContext = context().getOrDefault(CallScope.KEY, null);
        enclosing = ofContext == null ? CallScope.capture() : ofContext;
        within(enclosing, execution::start);
    }

    private static void within(CallScope.Captured scope, Runnable task) {
        if (CallScope.isIn(scope)) {
            task.run();
            return;
        }
        try (CallScope.Binding unused = CallScope.bind(scope)) {
            task.run();
        }
    }

    /** An attempt has begun, and can be asked for elements. */
    void begins(ReactiveAttempt begun) {
        long toRequest;
        synchronized (this) {
            attempt = begun;
            toRequest = requested;
        }
        begun.request(toRequest);
    }

    /** What the subscriber does with it is no part of the attempt, even if that is still being subscribed to. */
    void next(Object element) {
        within(enclosing, () -> subscriber.onNext(element));
    }

    /** Whoever has seen an element and wants no more has been answered; anybody else gives up. */
    @Override
    public void cancel() {
        cancelled = true;
        ReactiveAttempt running;
        synchronized (this) {
            running = attempt;
        }
        if (running == null || !running.endWithWhatHasCome()) {
            execution.cancel();
        }
    }

    @Override
    public void returned(@Nullable Object value) {
        if (cancelled) {
            return;
        }
        if (value != null) {
            subscriber.onNext(value);
        }
        subscriber.onComplete();
    }

    @Override
    public void threw(Throwable failure) {
        if (!cancelled) {
            subscriber.onError(failure);
        }
    }
}
