package io.github.resiliencestarter.call.reactive;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.TestCalls;
import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Recovery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A method whose attempts return these publishers, the last one again and again; it runs as the call named remote. */
final class ReactiveRemote {

    private final Deque<Publisher<String>> answers = new ArrayDeque<>();
    private Function<CallFailure, Object> fallback = failure -> Recovery.NONE;
    private String call = "remote";
    private int attempts;

    @SafeVarargs
    static ReactiveRemote answering(Publisher<String>... answers) {
        ReactiveRemote remote = new ReactiveRemote();
        remote.answers.addAll(List.of(answers));
        return remote;
    }

    ReactiveRemote withFallback(Function<CallFailure, Object> fallback) {
        this.fallback = fallback;
        return this;
    }

    ReactiveRemote named(String call) {
        this.call = call;
        return this;
    }

    @SuppressWarnings("unchecked")
    Mono<String> mono(TestCalls calls) {
        return (Mono<String>) ReactiveCalls.MONO.call(calls.pipeline(call), Call::new);
    }

    @SuppressWarnings("unchecked")
    Flux<String> flux(TestCalls calls) {
        return (Flux<String>) ReactiveCalls.FLUX.call(calls.pipeline(call), Call::new);
    }

    int attempts() {
        return attempts;
    }

    private final class Call extends Execution {
        @Override
        protected Object attempt() {
            attempts++;
            return answers.size() > 1 ? answers.poll() : answers.peek();
        }

        @Override
        protected Object recover(CallFailure failure) {
            return fallback.apply(failure);
        }

        @Override
        public String call() {
            return call;
        }
    }
}
