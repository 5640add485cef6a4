package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import org.aopalliance.aop.Advice;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;

/**
 * Puts the interceptor around annotated methods, outside transactions (so that each attempt gets its own) and outside
 * resilience4j's own aspects. The matcher is static: nothing is matched when a method is called.
 */
public final class ResilientCallAdvisor extends AbstractPointcutAdvisor {

    private static final long serialVersionUID = 1L;

    /** Outside resilience4j's aspects, which stand from {@code LOWEST_PRECEDENCE - 5} on. */
    private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 20;

    private final transient Pointcut pointcut = new AnnotatedMethods();
    private final transient Advice interceptor;

    public ResilientCallAdvisor(Advice interceptor) {
        this.interceptor = interceptor;
        setOrder(ORDER);
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return interceptor;
    }

    private static final class AnnotatedMethods extends StaticMethodMatcherPointcut {

        AnnotatedMethods() {
            setClassFilter(new Candidates());
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return AnnotatedMethod.of(method, targetClass) != null;
        }
    }

    private static final class Candidates implements ClassFilter {
        @Override
        public boolean matches(Class<?> type) {
            return CallAnnotations.isCandidate(type);
        }
    }
}
