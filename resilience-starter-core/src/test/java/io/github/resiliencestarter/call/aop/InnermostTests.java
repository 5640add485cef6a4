package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;

class InnermostTests {

    private final Advice ours = new ResilientCallInterceptor(() -> {
        throw new IllegalStateException("not needed");
    });
    private final Advice other = (MethodInterceptor) MethodInvocation::proceed;

    @Test
    void the_last_advice_is_the_innermost() throws Exception {
        Object proxy = proxy(other, ours);

        assertThat(innermost(proxy).holds(proxy)).isTrue();
    }

    @Test
    void with_advice_inside_it_is_not() throws Exception {
        Object proxy = proxy(ours, other);

        assertThat(innermost(proxy).holds(proxy)).isFalse();
    }

    @Test
    void two_beans_of_one_class_may_have_as_much_advice_in_another_order() throws Exception {
        Object one = proxy(other, ours);
        Object another = proxy(ours, other);

        assertThat(innermost(one).isAbout(one)).isTrue();
        assertThat(innermost(one).isAbout(another)).isFalse();
    }

    @Test
    void advice_that_is_added_later_ends_it() throws Exception {
        Object proxy = proxy(ours);
        Innermost innermost = innermost(proxy);

        ((Advised) proxy).addAdvice(other);

        assertThat(innermost.holds(proxy)).isFalse();
    }

    @Test
    void of_an_opaque_proxy_it_is_not_known() throws Exception {
        ProxyFactory factory = new ProxyFactory(new Service());
        factory.setProxyTargetClass(true);
        factory.setOpaque(true);
        factory.addAdvice(ours);
        Object proxy = factory.getProxy();

        assertThat(innermost(proxy).holds(proxy)).isFalse();
    }

    private static Innermost innermost(Object proxy) throws NoSuchMethodException {
        return Innermost.of(proxy, method(), Service.class);
    }

    private static Method method() throws NoSuchMethodException {
        return Service.class.getMethod("call");
    }

    private static Object proxy(Advice... outermostFirst) {
        ProxyFactory factory = new ProxyFactory(new Service());
        factory.setProxyTargetClass(true);
        for (Advice advice : outermostFirst) {
            factory.addAdvice(advice);
        }
        return factory.getProxy();
    }

    static class Service {
        public void call() {}
    }

    @Test
    void each_of_two_beans_of_one_class_gets_its_own_answer() throws Exception {
        Object innermost = proxy(other, ours);
        Object wrapping = proxy(ours, other);
        KnownProxies proxies = new KnownProxies(method(), Service.class);

        for (int call = 0; call < 3; call++) {
            assertThat(proxies.isInnermost(innermost)).isTrue();
            assertThat(proxies.isInnermost(wrapping)).isFalse();
        }
    }

    @Test
    void of_more_proxies_than_it_remembers_it_says_what_is_always_right() throws Exception {
        KnownProxies proxies = new KnownProxies(method(), Service.class);
        for (int bean = 0; bean < 8; bean++) {
            assertThat(proxies.isInnermost(proxy(ours))).isTrue();
        }
        assertThat(proxies.isInnermost(proxy(ours))).isFalse();
    }
}
