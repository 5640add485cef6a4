package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.call.Recovery;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The fallback methods of one name: of those that take the exception, the most specific one answers. */
final class FallbackMethods implements Fallback {

    private final List<FallbackMethod> mostSpecificFirst;
    private final UnaryOperator<Object> beanOf;

    /** @param beanOf from the target of the call to the bean that has the fallback methods */
    FallbackMethods(List<FallbackMethod> methods, UnaryOperator<Object> beanOf) {
        this.mostSpecificFirst = methods.stream().sorted(mostSpecificFirst()).toList();
        this.beanOf = beanOf;
    }

    /** A subclass is deeper than its superclass, so of two that take the same exception the deeper is the more specific. */
    private static Comparator<FallbackMethod> mostSpecificFirst() {
        return Comparator.comparing(FallbackMethod::last)
                .thenComparing(FallbackMethods::depth, Comparator.reverseOrder());
    }

    private static int depth(FallbackMethod method) {
        if (method.last() != FallbackMethod.Last.EXCEPTION) {
            return 0;
        }
        Class<?> type = method.exceptionType();
        int depth = 0;
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    List<FallbackMethod> methods() {
        return mostSpecificFirst;
    }

    @Override
    public @Nullable Object answer(Object target, @Nullable Object[] arguments, CallFailure failure) throws Throwable {
        FallbackMethod method = methodFor(failure.exception());
        if (method == null) {
            return Recovery.NONE;
        }
        Object bean = FallbackBeans.behindProxies(
                beanOf.apply(target), method.method().getDeclaringClass());
        return method.invoke(bean, arguments, failure);
    }

    @Override
    public boolean decides(Throwable exception) {
        FallbackMethod method = methodFor(exception);
        return method != null && method.last() == FallbackMethod.Last.CALL_FAILURE;
    }

    private @Nullable FallbackMethod methodFor(Throwable exception) {
        for (FallbackMethod method : mostSpecificFirst) {
            if (method.takes(exception)) {
                return method;
            }
        }
        return null;
    }
}
