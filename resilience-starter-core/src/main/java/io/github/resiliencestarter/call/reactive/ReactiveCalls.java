package io.github.resiliencestarter.call.reactive;

import io.github.resiliencestarter.call.AsyncAdapter;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.Ending;
import io.github.resiliencestarter.call.Execution;
import io.github.resiliencestarter.call.Pipeline;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactor's {@link Mono} and {@link Flux}, and what Spring's {@link ReactiveAdapterRegistry} makes of them and into them:
 * Publisher, Flow, RxJava, Mutiny, and Kotlin's suspending functions, which a proxy sees as a Mono. Each subscription is a
 * call.
 */
public final class ReactiveCalls implements AsyncAdapter {

    static final ReactiveCalls MONO = of(Mono.class);
    static final ReactiveCalls FLUX = of(Flux.class);

    private final ReactiveAdapter type;
    private final boolean isMany;
    /** Whether the proxy takes a publisher in any case, and makes of it what the caller gets. */
    private final boolean suspends;

    private ReactiveCalls(ReactiveAdapter type, boolean suspends) {
        this.type = type;
        this.isMany = type.isMultiValue();
        this.suspends = suspends;
    }

    private static ReactiveCalls of(Class<?> type) {
        return new ReactiveCalls(required(adapterOf(type)), false);
    }

    /** The adapter for the method; null where what it returns is not reactive. */
    public static @Nullable ReactiveCalls of(Method method) {
        if (SuspendingReturn.isOneValue(method)) {
            return MONO;
        }
        Class<?> returned =
                SuspendingReturn.of(method, method.getDeclaringClass()).toClass();
        ReactiveAdapter adapter = adapterOf(returned);
        return adapter == null || !returned.isAssignableFrom(adapter.getReactiveType())
                ? null
                : new ReactiveCalls(adapter, KotlinDetector.isSuspendingFunction(method));
    }

    private static @Nullable ReactiveAdapter adapterOf(Class<?> type) {
        return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
    }

    private static ReactiveAdapter required(@Nullable ReactiveAdapter adapter) {
        return Objects.requireNonNull(adapter, "Spring knows these types wherever they are");
    }

    @Override
    public Object call(Pipeline pipeline, Supplier<? extends Execution> calls) {
        Publisher<Object> call = isMany ? CallFlux.of(pipeline, calls, this) : CallMono.of(pipeline, calls, this);
        return suspends ? call : type.fromPublisher(call);
    }

    @Override
    public boolean carries(Class<?> given) {
        return type.getReactiveType().isAssignableFrom(given) || suspends && Publisher.class.isAssignableFrom(given);
    }

    @Override
    public boolean isStream() {
        return isMany;
    }

    @Override
    public void listen(Object started, Ending ending) {
        CallScope.Captured scope = ending.scope();
        ReactiveAttempt attempt = new ReactiveAttempt((CallSubscription) ending.receiver(), ending, isMany, scope);
        ending.handle(attempt);
        Publisher<Object> source = publisherOf(started);
        if (scope == CallScope.Captured.NONE) {
            source.subscribe(attempt);
            return;
        }
        try (CallScope.Binding unused = CallScope.bind(scope)) {
            source.subscribe(attempt);
        }
    }

    @SuppressWarnings("unchecked") // of what it publishes nothing is asked
    private Publisher<Object> publisherOf(Object started) {
        return started instanceof Publisher ? (Publisher<Object>) started : type.toPublisher(started);
    }

    @Override
    public void cancel(Object started, Ending ending) {
        if (ending.handle() instanceof ReactiveAttempt attempt) {
            attempt.cancel();
        }
    }
}
