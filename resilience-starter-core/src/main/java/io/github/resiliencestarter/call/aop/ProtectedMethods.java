package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/** The annotated methods of the application, resolved once for each class that inherits them. Thread-safe. */
public final class ProtectedMethods {

    /** Found in a few nanoseconds, without an object made for the look-up. */
    private final ClassValue<MethodTable> byClass = new ClassValue<>() {
        @Override
        protected MethodTable computeValue(Class<?> type) {
            return new MethodTable();
        }
    };

    private final Collection<ProtectedMethod> resolved = new java.util.concurrent.ConcurrentLinkedQueue<>();
    private final Pipelines pipelines;
    private final FallbackResolver fallbacks;

    public ProtectedMethods(Pipelines pipelines, FallbackResolver fallbacks) {
        this.pipelines = pipelines;
        this.fallbacks = fallbacks;
    }

    ProtectedMethod of(Class<?> targetClass, Method method) {
        return byClass.get(targetClass).get(method, each -> resolve(targetClass, each));
    }

    /** All that have been resolved, several times where a class and its proxy see a method differently. */
    public List<ProtectedMethod> all() {
        return List.copyOf(resolved);
    }

    private ProtectedMethod resolve(Class<?> targetClass, Method method) {
        Class<?> userClass = ClassUtils.getUserClass(targetClass);
        Method specific = AopUtils.getMostSpecificMethod(method, userClass);
        ResilientCall annotation = CallAnnotations.find(method, userClass);
        if (annotation == null) {
            throw new IllegalStateException(Signatures.of(userClass, specific) + " is not annotated");
        }
        if (annotation.name().isBlank()) {
            throw new ResilienceConfigurationException(List.of(new ResilienceConfigurationException.Problem(
                    Signatures.of(userClass, specific),
                    "@ResilientCall has no name",
                    "Give it one, such as @ResilientCall(\"paymentGateway\"); it is the key in resilience.calls")));
        }
        Pipeline pipeline = pipelines.get(annotation.name());
        Fallback fallback = fallbacks.resolve(userClass, specific, annotation, pipeline.plan());
        ProtectedMethod made = new ProtectedMethod(userClass, specific, pipeline, fallback);
        boolean isNew = resolved.stream()
                .noneMatch(each -> each.type() == userClass && each.method().equals(specific));
        if (isNew) {
            resolved.add(made);
        }
        return made;
    }
}
