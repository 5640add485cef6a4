package io.github.resiliencestarter.call.aop;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.DefaultAdvisorChainFactory;

/**
 * Whether our interceptor is the last one before the method, in one proxy. It is worked out once for the proxy, for two beans
 * of one class may have different advice; whether it still holds is told by the number of the proxy's advisors, which is the
 * same unless somebody has added one. Immutable.
 */
final class Innermost {

    private final WeakReference<Object> proxy;
    private final int advisors;
    private final boolean innermost;

    private Innermost(Object proxy, int advisors, boolean innermost) {
        this.proxy = new WeakReference<>(proxy);
        this.advisors = advisors;
        this.innermost = innermost;
    }

    static Innermost of(Object proxy, Method method, Class<?> targetClass) {
        if (!(proxy instanceof Advised advised)) {
            return new Innermost(proxy, 0, false);
        }
        List<Object> chain = DefaultAdvisorChainFactory.INSTANCE.getInterceptorsAndDynamicInterceptionAdvice(
                advised, method, targetClass);
        boolean last = !chain.isEmpty() && chain.get(chain.size() - 1) instanceof ResilientCallInterceptor;
        return new Innermost(proxy, advised.getAdvisorCount(), last);
    }

    boolean isAbout(@Nullable Object other) {
        return other != null && proxy.refersTo(other);
    }

    boolean holds(Object proxy) {
        return innermost && proxy instanceof Advised advised && advised.getAdvisorCount() == advisors;
    }
}
