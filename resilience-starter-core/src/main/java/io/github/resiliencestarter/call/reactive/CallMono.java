package io.github.resiliencestarter.call.reactive;

import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Pipeline;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** What the caller of a method gets that answers with one value, or none. */
final class CallMono extends Mono<Object> {

    private final Pipeline pipeline;
    private final Supplier<? extends Execution> calls;
    private final ReactiveCalls type;

    private CallMono(Pipeline pipeline, Supplier<? extends Execution> calls, ReactiveCalls type) {
        this.pipeline = pipeline;
        this.calls = calls;
        this.type = type;
    }

    static Mono<Object> of(Pipeline pipeline, Supplier<? extends Execution> calls, ReactiveCalls type) {
        return onAssembly(new CallMono(pipeline, calls, type));
    }

    @Override
    public void subscribe(CoreSubscriber<? super Object> subscriber) {
        subscriber.onSubscribe(new CallSubscription(subscriber, pipeline, calls, type));
    }
}
