package io.github.resiliencestarter.call.aop;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.plan.Findings;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * What the linter knows about resilience4j's own annotations in the host: a fallback on the inner one of two hides failures
 * from the outer one.
 */
final class Resilience4jAnnotations {

    private Resilience4jAnnotations() {}

    static void check(AnnotatedBeans beans, Findings findings) {
        AspectOrder order = beans.aspectOrder();
        List<Class<?>> types = beans.types().values().stream()
                .flatMap(bean -> UserTypes.of(bean).stream())
                .toList();
        for (Class<?> type : types) {
            if (type.getName().startsWith("org.springframework.")
                    || type.getName().startsWith("io.github.resilience4j.")) {
                continue;
            }
            for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
                check(type, method, order, findings);
            }
        }
    }

    private static void check(Class<?> type, Method method, AspectOrder order, Findings findings) {
        CircuitBreaker breaker = find(type, method, CircuitBreaker.class);
        Retry retry = find(type, method, Retry.class);
        String where = Signatures.of(type, method);
        if (CallAnnotations.find(method, type) != null && (breaker != null || retry != null)) {
            findings.warn(
                    where,
                    "has @ResilientCall and resilience4j's own annotations: breaker and retry would run twice",
                    "Remove @CircuitBreaker and @Retry");
        } else if (breaker != null && retry != null) {
            if (order.breakerIsOutside() && !retry.fallbackMethod().isEmpty()) {
                findings.warn(
                        where,
                        "the fallback of @Retry answers before @CircuitBreaker sees the failure: the breaker never opens",
                        "Move fallbackMethod to @CircuitBreaker, or use @" + ResilientCall.class.getSimpleName());
            } else if (!order.breakerIsOutside() && !breaker.fallbackMethod().isEmpty()) {
                findings.warn(
                        where,
                        "the fallback of @CircuitBreaker answers before @Retry sees the failure: nothing is retried",
                        "Move fallbackMethod to @Retry, or use @" + ResilientCall.class.getSimpleName());
            }
        }
    }

    private static <A extends java.lang.annotation.Annotation> @Nullable A find(
            Class<?> type, Method method, Class<A> annotation) {
        A onMethod = method.getAnnotation(annotation);
        return onMethod != null ? onMethod : type.getAnnotation(annotation);
    }
}
