package io.github.resiliencestarter.call;

import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCalls;
import org.jspecify.annotations.Nullable;

/** Runs each body once, as it is: no retry, no breaker, no fallback. */
public final class UnprotectedCalls implements ResilientCalls {

    @Override
    public ProtectedCall call(String name) {
        return new UnprotectedCall(name);
    }

    @SuppressWarnings("NullAway") // it takes every T for non-null; the body alone decides whether null is a value of T
    private record UnprotectedCall(String name) implements ProtectedCall {

        @Override
        public <T extends @Nullable Object, X extends Exception> T execute(CallBody<T, X> body) throws X {
            return body.call();
        }

        @Override
        public <T extends @Nullable Object, X extends Exception> T execute(
                CallBody<T, X> body, CallFallback<T, X> fallback) throws X {
            return body.call();
        }

        @Override
        public <X extends Exception> void run(CallAction<X> action) throws X {
            action.run();
        }
    }
}
