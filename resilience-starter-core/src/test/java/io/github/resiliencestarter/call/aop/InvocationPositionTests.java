package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;

import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;

class InvocationPositionTests {

    private final Asking ours = new Asking();
    private final Advice other = (MethodInterceptor) MethodInvocation::proceed;

    @Test
    void the_advice_before_the_method_is_the_last() {
        proxy(other, ours).call();

        assertThat(ours.wasLast).isTrue();
    }

    @Test
    void advice_with_other_advice_inside_is_not_the_last() {
        proxy(ours, other).call();

        assertThat(ours.wasLast).isFalse();
    }

    @Test
    void it_is_the_last_again_in_a_fresh_clone() {
        ours.clones = true;

        proxy(other, ours).call();

        assertThat(ours.wasLast).isTrue();
    }

    @Test
    void advice_that_is_added_to_a_living_proxy_is_seen() {
        Service proxy = proxy(ours);
        proxy.call();

        ((Advised) proxy).addAdvice(other);
        proxy.call();

        assertThat(ours.wasLast).isFalse();
    }

    @Test
    void a_proxy_of_an_interface_tells_as_well() {
        ProxyFactory factory = new ProxyFactory(new Service());
        factory.setInterfaces(Callable.class);
        factory.addAdvice(ours);

        ((Callable) factory.getProxy()).call();

        assertThat(ours.wasLast).isTrue();
    }

    private static Service proxy(Advice... outermostFirst) {
        ProxyFactory factory = new ProxyFactory(new Service());
        factory.setProxyTargetClass(true);
        for (Advice advice : outermostFirst) {
            factory.addAdvice(advice);
        }
        return (Service) factory.getProxy();
    }

    interface Callable {
        void call();
    }

    static class Service implements Callable {
        @Override
        public void call() {}
    }

    private static final class Asking implements MethodInterceptor {

        private boolean wasLast;
        private boolean clones;

        @Override
        public Object invoke(MethodInvocation invocation) throws Throwable {
            MethodInvocation asked = clones ? ((ProxyMethodInvocation) invocation).invocableClone() : invocation;
            wasLast = InvocationPosition.isLast(asked);
            return asked.proceed();
        }
    }
}
