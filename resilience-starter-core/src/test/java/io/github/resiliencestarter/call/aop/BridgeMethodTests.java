package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The compiler adds methods to a class that its author has not written, and callers may come through them. */
class BridgeMethodTests {

    private final ApplicationContextRunner host = host().withPropertyValues(
                    "resilience.calls.remote.idempotent=true",
                    "resilience.calls.remote.retry.backoff.delay=1ms",
                    "resilience.linter.fail-on=warning");

    interface Store<T> {
        String save(T item) throws IOException;
    }

    static class FlakyOnce {
        private final AtomicInteger attempts = new AtomicInteger();

        String attempt() throws IOException {
            int attempt = attempts.incrementAndGet();
            if (attempt == 1) {
                throw new IOException();
            }
            return "attempt " + attempt;
        }
    }

    static class TextStore extends FlakyOnce implements Store<String> {
        @Override
        @ResilientCall("remote")
        public String save(String item) throws IOException {
            return attempt();
        }
    }

    @ResilientCall("remote")
    static class AnnotatedStore extends FlakyOnce implements Store<String> {
        @Override
        public String save(String item) throws IOException {
            return attempt();
        }
    }

    @Test
    void a_method_is_protected_if_it_is_called_through_a_generic_interface() {
        for (Class<? extends Store<String>> type : List.of(TextStore.class, AnnotatedStore.class)) {
            host.withBean(type).run(context -> {
                Store<String> store = context.getBean(type);
                assertThat(store.save("item")).isEqualTo("attempt 2");
            });
            host.withPropertyValues("spring.aop.proxy-target-class=false")
                    .withBean(type)
                    .run(context -> {
                        @SuppressWarnings("unchecked")
                        Store<String> store = context.getBean(Store.class);
                        assertThat(store.save("item")).isEqualTo("attempt 2");
                    });
        }
    }

    @Test
    void the_bridge_to_a_method_is_no_call_from_within_its_class() {
        host.withBean(TextStore.class).run(context -> assertThat(context).hasNotFailed());
    }

    interface Question<R> {
        R ask();
    }

    static class Later extends FlakyOnce implements Question<CompletableFuture<String>> {
        @Override
        @ResilientCall("remote")
        public CompletableFuture<String> ask() {
            try {
                return CompletableFuture.completedFuture(attempt());
            } catch (IOException down) {
                return CompletableFuture.failedFuture(down);
            }
        }
    }

    @Test
    void a_method_answers_later_by_what_it_returns_and_not_by_the_variable_of_its_interface() {
        host.withBean(Later.class).run(context -> {
            Question<CompletableFuture<String>> question = context.getBean(Later.class);
            assertThat(question.ask().get()).isEqualTo("attempt 2");
        });
    }

    abstract static class Hidden extends FlakyOnce {
        @ResilientCall("remote")
        public String call() throws IOException {
            return attempt();
        }
    }

    public static class Visible extends Hidden {}

    @Test
    void a_public_method_of_a_hidden_class_is_protected_in_a_public_one() {
        host.withBean(Visible.class)
                .run(context ->
                        assertThat(context.getBean(Visible.class).call()).isEqualTo("attempt 2"));
    }

    @Configuration(proxyBeanMethods = false)
    static class AnotherProxy {
        @Bean
        static BeanPostProcessor putsAProxyBefore() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!(bean instanceof TextStore)) {
                        return bean;
                    }
                    ProxyFactory proxy = new ProxyFactory(bean);
                    proxy.setProxyTargetClass(true);
                    proxy.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
                    return proxy.getProxy();
                }
            };
        }
    }

    @Test
    void a_bean_is_protected_behind_the_proxy_of_somebody_else() {
        host.withUserConfiguration(AnotherProxy.class)
                .withBean(TextStore.class)
                .run(context -> assertThat(context.getBean(TextStore.class).save("item"))
                        .isEqualTo("attempt 2"));
    }
}
