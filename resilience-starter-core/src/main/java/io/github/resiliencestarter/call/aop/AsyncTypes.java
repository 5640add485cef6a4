package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.AsyncAdapter;
import io.github.resiliencestarter.call.FutureAdapter;
import io.github.resiliencestarter.call.reactive.ReactiveCalls;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/** Which return types answer later, and which adapter waits for them. Asked once for each method, at the start. */
final class AsyncTypes {

    private static final List<Class<?>> FUTURES = List.of(CompletableFuture.class, CompletionStage.class, Future.class);
    private static final List<String> REACTIVE =
            List.of("org.reactivestreams.Publisher", "kotlinx.coroutines.flow.Flow");

    private static final boolean REACTOR_PRESENT =
            ClassUtils.isPresent("reactor.core.publisher.Flux", AsyncTypes.class.getClassLoader());

    private AsyncTypes() {}

    /** Null where the method returns the value itself, and where nobody knows how to wait for what it returns. */
    static @Nullable AsyncAdapter adapterOf(Method method) {
        if (FUTURES.contains(method.getReturnType())) {
            return FutureAdapter.INSTANCE;
        }
        return REACTOR_PRESENT ? ReactiveCalls.of(method) : null;
    }

    /** Whether the method's work goes on after it has returned. */
    static boolean answersLater(Method method) {
        Class<?> returned = method.getReturnType();
        return CompletionStage.class.isAssignableFrom(returned)
                || Future.class.isAssignableFrom(returned)
                || isReactive(returned)
                || KotlinDetector.isSuspendingFunction(method);
    }

    /** The types that there is an adapter for, for messages. */
    static String understood() {
        if (!REACTOR_PRESENT) {
            return "CompletableFuture, CompletionStage or Future";
        }
        String reactive =
                "CompletableFuture, CompletionStage, Future, Mono, Flux or another reactive type that Spring knows";
        return KotlinDetector.isKotlinPresent() ? reactive + ", let it suspend" : reactive;
    }

    private static boolean isReactive(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        return REACTIVE.contains(type.getName())
                || Arrays.stream(type.getInterfaces()).anyMatch(AsyncTypes::isReactive)
                || isReactive(type.getSuperclass());
    }
}
