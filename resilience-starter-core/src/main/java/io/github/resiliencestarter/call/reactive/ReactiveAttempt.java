package io.github.resiliencestarter.call.reactive;

import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.Ending;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Subscribes to what one attempt, or a fallback, has returned. */
final class ReactiveAttempt implements CoreSubscriber<Object> {

    private static final AtomicReferenceFieldUpdater<ReactiveAttempt, @Nullable Subscription> SOURCE =
            AtomicReferenceFieldUpdater.newUpdater(ReactiveAttempt.class, Subscription.class, "source");

    private final CallSubscription call;
    private final Ending ending;
    private final boolean isMany;
    private final Context context;
    private volatile @Nullable Subscription source;
    private volatile boolean answering;
    private boolean done;

    /** @param scope what calls inside of it find in their context */
    ReactiveAttempt(CallSubscription call, Ending ending, boolean isMany, CallScope.Captured scope) {
        this.call = call;
        this.ending = ending;
        this.isMany = isMany;
        Context ofCaller = call.context();
        boolean changes = scope != CallScope.Captured.NONE || ofCaller.hasKey(CallScope.KEY);
        this.context = changes ? ofCaller.put(CallScope.KEY, scope) : ofCaller;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (!Operators.setOnce(SOURCE, this, subscription)) {
            return;
        }
        if (isMany) {
            call.begins(this);
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    void request(long more) {
        Subscription from = source;
        if (from != null) {
            from.request(more);
        }
    }

    void cancel() {
        Operators.terminate(SOURCE, this);
    }

    /** False if nothing has come yet. */
    boolean endWithWhatHasCome() {
        if (!answering) {
            return false;
        }
        cancel();
        ending.accept(null, null);
        return true;
    }

    @Override
    public void onNext(Object element) {
        if (done) {
            return;
        }
        if (!isMany) {
            done = true;
            ending.accept(element, null);
        } else if (answering || begin()) {
            call.next(element);
        }
    }

    private boolean begin() {
        answering = ending.firstElement();
        done = !answering;
        return answering;
    }

    @Override
    public void onError(Throwable failure) {
        if (!done) {
            done = true;
            ending.accept(null, failure);
        }
    }

    @Override
    public void onComplete() {
        if (!done) {
            done = true;
            ending.accept(null, null);
        }
    }
}
