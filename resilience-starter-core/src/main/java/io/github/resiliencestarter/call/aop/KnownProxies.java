package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * For the proxies that have called a method so far, whether there is advice inside ours. Nearly always there is one proxy for
 * each bean of the class, so a handful is remembered; for a proxy beyond that, as prototypes have them, the answer is that
 * there may be advice, which is always right and costs a clone. Thread-safe.
 */
final class KnownProxies {

    private static final int MOST = 8;

    private final Method method;
    private final Class<?> targetClass;
    private volatile Innermost[] known = {};

    KnownProxies(Method method, Class<?> targetClass) {
        this.method = method;
        this.targetClass = targetClass;
    }

    /** Whether no advice stands between our interceptor and the method, in this proxy. */
    boolean isInnermost(Object proxy) {
        for (Innermost each : known) {
            if (each.isAbout(proxy)) {
                return each.holds(proxy);
            }
        }
        return known.length < MOST && remember(proxy);
    }

    private synchronized boolean remember(Object proxy) {
        Innermost made = Innermost.of(proxy, method, targetClass);
        if (known.length < MOST) {
            Innermost[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = made;
            known = more;
        }
        return made.holds(proxy);
    }
}
