package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.AnswerMemories;
import io.github.resiliencestarter.call.AnswerMemory;
import io.github.resiliencestarter.call.AsyncAdapter;
import io.github.resiliencestarter.call.Pipeline;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An annotated method of a class with its pipeline and its fallback. Thread-safe. */
public final class ProtectedMethod {

    private final Class<?> type;
    private final Method method;
    private final String call;
    private final Pipeline pipeline;
    private final @Nullable Fallback fallback;
    private final @Nullable DirectMethod direct;
    private final @Nullable AsyncAdapter async;
    private final boolean idempotent;
    private final @Nullable AnswerMemory memory;

    ProtectedMethod(Class<?> type, Method method, Pipeline pipeline, @Nullable Fallback fallback, boolean idempotent) {
        this.type = type;
        this.method = method;
        this.call = pipeline.plan().name();
        this.pipeline = pipeline;
        this.fallback = fallback;
        this.direct = DirectMethod.of(method);
        this.async = AsyncTypes.adapterOf(method);
        this.idempotent = idempotent;
        AnswerMemories answers = pipeline.answers();
        this.memory = answers == null ? null : answers.of(List.of(type, method));
    }

    public String call() {
        return call;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public Class<?> type() {
        return type;
    }

    public Method method() {
        return method;
    }

    /** Whether its annotation declares it idempotent; the plan may say otherwise. */
    public boolean isIdempotent() {
        return idempotent;
    }

    @Nullable
    Fallback fallback() {
        return fallback;
    }

    /** Where its answers are kept; null where they are not. */
    @Nullable
    AnswerMemory memory() {
        return memory;
    }

    /** The method without the proxy; null where there is no way past the proxy. */
    @Nullable
    DirectMethod direct() {
        return direct;
    }

    /** How its result is waited for; null where the method returns the value itself. */
    @Nullable
    AsyncAdapter async() {
        return async;
    }

    /** The annotation that protects it: on the method, its class, or what it overrides or implements. */
    public @Nullable ResilientCall annotation() {
        return CallAnnotations.find(method, type);
    }

    /** Class and method as people write them, such as {@code OracleStorage.upload}. */
    public String label() {
        return Signatures.shortName(type, method);
    }
}
