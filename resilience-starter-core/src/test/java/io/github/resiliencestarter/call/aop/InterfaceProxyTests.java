package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Beans of interfaces that no library has made. */
class InterfaceProxyTests {

    private final ApplicationContextRunner host = InterfaceClients.host();

    interface Clock {
        @ResilientCall(name = "clock", fallback = "unknown")
        String time();

        default String unknown() {
            return "unknown";
        }
    }

    interface Twin {
        String of(String item);
    }

    @Test
    void a_proxy_that_somebody_has_made_by_hand_is_protected_and_its_default_method_answers() {
        AtomicInteger attempts = new AtomicInteger();
        host.withBean(
                        Prices.class,
                        () -> InterfaceClients.handMade(Prices.class, () -> {
                            attempts.incrementAndGet();
                            throw new IllegalStateException("down");
                        }))
                .run(context -> {
                    assertThat(context.getBean(Prices.class).orCached("pen"))
                            .isEqualTo("cached pen after 3, privately");
                    assertThat(attempts).hasValue(3);
                });
    }

    @Test
    void a_lambda_is_protected_and_checked() {
        AtomicInteger attempts = new AtomicInteger();
        Clock down = () -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("down");
        };
        host.withBean(Clock.class, () -> down).run(context -> {
            assertThat(context.getBean(ProtectedMethods.class).all())
                    .extracting(ProtectedMethod::label)
                    .containsExactly("Clock.time");
            assertThat(context.getBean(Clock.class).time()).isEqualTo("unknown");
            assertThat(attempts).hasValue(3);
        });
    }

    @Test
    void of_two_interfaces_with_the_same_method_either_may_have_the_annotation() {
        AtomicInteger attempts = new AtomicInteger();
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return "attempt " + attempts;
        };
        Class<?>[] interfaces = {Twin.class, Prices.class};
        Supplier<Twin> twin = () -> (Twin) Proxy.newProxyInstance(Twin.class.getClassLoader(), interfaces, handler);
        host.withBean(Twin.class, twin)
                .run(context ->
                        assertThat(context.getBean(Twin.class).of("pen")).isEqualTo("attempt 3"));
    }

    @Test
    void advice_that_answers_for_a_proxy_with_nothing_behind_it_runs_anew_for_each_attempt() {
        host.run(context -> {
            AtomicInteger outer = new AtomicInteger();
            AtomicInteger attempts = new AtomicInteger();
            ProxyFactory factory = new ProxyFactory(new Class<?>[] {Clock.class});
            factory.addAdvisor(context.getBean(ResilientCallAdvisor.class));
            factory.addAdvice((MethodInterceptor) invocation -> {
                outer.incrementAndGet();
                return invocation.proceed();
            });
            factory.addAdvice((MethodInterceptor) invocation -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                }
                return "attempt " + attempts;
            });
            assertThat(((Clock) factory.getProxy()).time()).isEqualTo("attempt 3");
            assertThat(outer).hasValue(3);
            attempts.set(-9);
            assertThat(((Clock) factory.getProxy()).time()).isEqualTo("unknown");
        });
    }
}
