package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.DefaultAdvisorChainFactory;

/**
 * Whether our interceptor is the last one before the method. It is worked out once for a class; whether it still holds for the
 * proxy at hand is told by the number of its advisors, which is the same unless somebody has added one. Immutable.
 */
final class Innermost {

    static final Innermost NEVER = new Innermost(-1);

    private final int advisors;

    private Innermost(int advisors) {
        this.advisors = advisors;
    }

    static Innermost of(@Nullable Object proxy, Method method, Class<?> targetClass) {
        if (!(proxy instanceof Advised advised)) {
            return NEVER;
        }
        List<Object> chain = DefaultAdvisorChainFactory.INSTANCE.getInterceptorsAndDynamicInterceptionAdvice(
                advised, method, targetClass);
        boolean last = !chain.isEmpty() && chain.get(chain.size() - 1) instanceof ResilientCallInterceptor;
        return last ? new Innermost(advised.getAdvisors().length) : NEVER;
    }

    boolean holdsFor(Object proxy) {
        return advisors >= 0 && proxy instanceof Advised advised && advised.getAdvisorCount() == advisors;
    }
}
