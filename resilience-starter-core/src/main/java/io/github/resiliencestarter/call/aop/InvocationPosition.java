package io.github.resiliencestarter.call.aop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ReflectiveMethodInvocation;

/**
 * How far an invocation has come through its advice. Spring keeps that in two fields which only its own subclasses can read,
 * and has kept it so for all the versions we run on; where they cannot be read, the answer is that there may be advice left,
 * which is always right and costs a clone.
 */
final class InvocationPosition {

    private static final @Nullable VarHandle ADVICE = field("interceptorsAndDynamicMethodMatchers", List.class);
    private static final @Nullable VarHandle CURRENT = field("currentInterceptorIndex", int.class);

    private InvocationPosition() {}

    /** Whether nothing but the method itself comes after the advice that is running now. */
    static boolean isLast(MethodInvocation invocation) {
        if (ADVICE == null || CURRENT == null || !(invocation instanceof ReflectiveMethodInvocation reflective)) {
            return false;
        }
        List<?> advice = (List<?>) ADVICE.get(reflective);
        return (int) CURRENT.get(reflective) == advice.size() - 1;
    }

    private static @Nullable VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(ReflectiveMethodInvocation.class, MethodHandles.lookup())
                    .findVarHandle(ReflectiveMethodInvocation.class, name, type);
        } catch (ReflectiveOperationException | RuntimeException unreadable) {
            return null;
        }
    }
}
