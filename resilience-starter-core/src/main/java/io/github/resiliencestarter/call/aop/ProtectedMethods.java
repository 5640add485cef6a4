package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/** The annotated methods of the application, resolved once for each class that inherits them. Thread-safe. */
public final class ProtectedMethods {

    private final ConcurrentMap<Key, ProtectedMethod> byMethod = new ConcurrentHashMap<>();
    private final Collection<ProtectedMethod> resolved = new ConcurrentLinkedQueue<>();
    private final Pipelines pipelines;
    private final FallbackResolver fallbacks;

    public ProtectedMethods(Pipelines pipelines, FallbackResolver fallbacks) {
        this.pipelines = pipelines;
        this.fallbacks = fallbacks;
    }

    /** Without a lock: to resolve one method may create beans, and these may call other protected methods. */
    ProtectedMethod of(Class<?> targetClass, Method method) {
        Key key = new Key(targetClass, method);
        ProtectedMethod known = byMethod.get(key);
        if (known != null) {
            return known;
        }
        ProtectedMethod made = resolve(targetClass, method);
        ProtectedMethod earlier = byMethod.putIfAbsent(key, made);
        return earlier == null ? remembered(made) : earlier;
    }

    private synchronized ProtectedMethod remembered(ProtectedMethod made) {
        boolean isNew = resolved.stream()
                .noneMatch(each -> each.type() == made.type() && each.method().equals(made.method()));
        if (isNew) {
            resolved.add(made);
        }
        return made;
    }

    /** All that have been resolved, several times where a class and its proxy see a method differently. */
    public List<ProtectedMethod> all() {
        return List.copyOf(resolved);
    }

    private ProtectedMethod resolve(Class<?> targetClass, Method method) {
        AnnotatedMethod annotated = AnnotatedMethod.of(method, targetClass);
        if (annotated == null) {
            throw new IllegalStateException(Signatures.of(targetClass, method) + " is not annotated");
        }
        ResilientCall annotation = annotated.annotation();
        if (annotation.name().isBlank()) {
            throw new ResilienceConfigurationException(List.of(new ResilienceConfigurationException.Problem(
                    Signatures.of(annotated.type(), annotated.method()),
                    "@ResilientCall has no name",
                    "Give it one, such as @ResilientCall(\"paymentGateway\"); it is the key in resilience.calls")));
        }
        if (annotation.name().contains("${") || annotation.name().contains("#{")) {
            throw new ResilienceConfigurationException(List.of(new ResilienceConfigurationException.Problem(
                    Signatures.of(annotated.type(), annotated.method()),
                    "the name '" + annotation.name() + "' would be taken as it stands: nothing is filled in",
                    "Write a constant, or use ResilientCalls for a name that is only known at run time")));
        }
        Pipeline pipeline = pipelines.get(annotation.name());
        Fallback fallback = fallbacks.resolve(annotated.type(), annotated.method(), annotation, pipeline.plan());
        return new ProtectedMethod(annotated.type(), annotated.method(), pipeline, fallback, annotation.idempotent());
    }

    private record Key(Class<?> type, Method method) {}
}
