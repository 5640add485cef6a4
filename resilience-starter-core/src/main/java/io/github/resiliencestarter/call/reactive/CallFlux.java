package io.github.resiliencestarter.call.reactive;

import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Pipeline;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** What the caller of a method gets that answers with any number of elements. */
final class CallFlux extends Flux<Object> {

    private final Pipeline pipeline;
    private final Supplier<? extends Execution> calls;
    private final ReactiveCalls type;

    private CallFlux(Pipeline pipeline, Supplier<? extends Execution> calls, ReactiveCalls type) {
        this.pipeline = pipeline;
        this.calls = calls;
        this.type = type;
    }

    static Flux<Object> of(Pipeline pipeline, Supplier<? extends Execution> calls, ReactiveCalls type) {
        return onAssembly(new CallFlux(pipeline, calls, type));
    }

    /** A timeout comes on another thread than the elements, so the signals are put one after the other. */
    @Override
    public void subscribe(CoreSubscriber<? super Object> subscriber) {
        CoreSubscriber<Object> serialized = Operators.serialize(subscriber);
        serialized.onSubscribe(new CallSubscription(serialized, pipeline, calls, type));
    }
}
