package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.call.Pipeline;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** An annotated method of a class with its pipeline and its fallback. Immutable. */
public record ProtectedMethod(
        Class<?> type,
        Method method,
        Pipeline pipeline,
        @Nullable Fallback fallback) {

    String call() {
        return pipeline.plan().name();
    }

    /** Class and method as people write them, such as {@code OracleStorage.upload}. */
    public String label() {
        return Signatures.shortName(type, method);
    }
}
