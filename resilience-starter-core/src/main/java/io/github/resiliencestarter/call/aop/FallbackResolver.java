package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.ExceptionWrapper;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Looks up, once, what answers for a method: its fallback methods, here or in another bean, and its wrapper. */
public final class FallbackResolver {

    private final FallbackBeans beans;

    public FallbackResolver(FallbackBeans beans) {
        this.beans = beans;
    }

    /**
     * @throws ResilienceConfigurationException if there is no such method, or none that fits
     */
    @Nullable
    Fallback resolve(Class<?> type, Method method, ResilientCall annotation, CallPlan plan) {
        Fallback methods = annotation.fallback().isBlank()
                ? null
                : methods(type, method, annotation.fallback().trim());
        ExceptionWrapper wrapper = wrapper(type, method, annotation, plan);
        return wrapper == null ? methods : new WrappingFallback(methods, wrapper);
    }

    private static @Nullable ExceptionWrapper wrapper(
            Class<?> type, Method method, ResilientCall annotation, CallPlan plan) {
        boolean given = annotation.wrapWith() != Throwable.class;
        try {
            return ExceptionWrapper.of(given ? annotation.wrapWith() : null, plan);
        } catch (IllegalArgumentException unusable) {
            throw problem(type, method, "wrapWith: " + unusable.getMessage(), "Add one of them, or wrap in a fallback");
        }
    }

    private Fallback methods(Class<?> type, Method method, String reference) {
        int separator = reference.indexOf("::");
        if (separator < 0) {
            return search(type, method, List.of(type), reference, UnaryOperator.identity());
        }
        String bean = reference.substring(0, separator).trim();
        String name = reference.substring(separator + 2).trim();
        List<Class<?>> beanTypes = beans.typesOf(bean);
        if (beanTypes.isEmpty()) {
            throw problem(
                    type, method, "fallback '" + reference + "': there is no bean '" + bean + "'", beans.advice(bean));
        }
        return search(type, method, beanTypes, name, target -> beans.get(bean));
    }

    private static FallbackMethods search(
            Class<?> type, Method method, List<Class<?>> holders, String name, UnaryOperator<Object> beanOf) {
        FallbackReturn returned = FallbackReturn.of(type, method);
        List<FallbackMethod> found = new ArrayList<>();
        List<Method> misses = new ArrayList<>();
        for (Class<?> holder : holders) {
            for (Method candidate : concreteMethods(holder, name)) {
                FallbackMethod.Last last = lastOf(candidate, method);
                if (last == null || !returned.accepts(holder, candidate) || candidate.equals(method)) {
                    misses.add(candidate);
                } else {
                    found.add(new FallbackMethod(candidate, last));
                }
            }
        }
        if (found.isEmpty()) {
            throw missing(type, method, holders.get(0), name, misses);
        }
        return new FallbackMethods(found, beanOf);
    }

    private static List<Method> concreteMethods(Class<?> holder, String name) {
        return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(holder))
                .filter(each -> each.getName().equals(name))
                .filter(each -> !each.isBridge() && !Modifier.isAbstract(each.getModifiers()))
                .toList();
    }

    /** What the candidate takes after the parameters of the method; null if it does not fit. */
    private static FallbackMethod.@Nullable Last lastOf(Method candidate, Method method) {
        Class<?>[] wanted = Parameters.of(method);
        Class<?>[] taken = Parameters.of(candidate);
        if (taken.length < wanted.length || taken.length > wanted.length + 1) {
            return null;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!ClassUtils.isAssignable(taken[i], wanted[i])) {
                return null;
            }
        }
        if (taken.length == wanted.length) {
            return FallbackMethod.Last.NOTHING;
        }
        Class<?> last = taken[wanted.length];
        if (last == CallFailure.class) {
            return FallbackMethod.Last.CALL_FAILURE;
        }
        return Throwable.class.isAssignableFrom(last) ? FallbackMethod.Last.EXCEPTION : null;
    }

    private static ResilienceConfigurationException missing(
            Class<?> type, Method method, Class<?> holder, String name, List<Method> misses) {
        Class<?>[] parameters = Parameters.of(method);
        String returned = String.join(" or ", FallbackReturn.of(type, method).names()) + " " + name;
        String lookedFor = String.join(
                ", ",
                returned + Signatures.parameters(parameters, "<an exception>"),
                returned + Signatures.parameters(parameters, "CallFailure"),
                returned + Signatures.parameters(parameters, null));
        return problem(
                type,
                method,
                "no fallback '" + name + "' in " + holder.getName() + " fits; looked for " + lookedFor,
                NearestMiss.advice(method, holder, name, misses));
    }

    private static ResilienceConfigurationException problem(Class<?> type, Method method, String what, String remedy) {
        return new ResilienceConfigurationException(List.of(new Problem(Signatures.of(type, method), what, remedy)));
    }

    /** Wraps what no method answered. */
    private record WrappingFallback(@Nullable Fallback methods, ExceptionWrapper wrapper) implements Fallback {
        @Override
        public @Nullable Object answer(Object target, @Nullable Object[] arguments, CallFailure failure)
                throws Throwable {
            Object answer = methods == null
                    ? io.github.resiliencestarter.call.Recovery.NONE
                    : methods.answer(target, arguments, failure);
            if (answer == io.github.resiliencestarter.call.Recovery.NONE) {
                throw wrapper.wrap(failure);
            }
            return answer;
        }

        @Override
        public boolean decides(Throwable exception) {
            return methods != null && methods.decides(exception);
        }
    }
}
