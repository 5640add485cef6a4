package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.Pipelines;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Beans of a request or of another scope stand behind a proxy of Spring's, which fetches one for each call. */
class ScopedBeansTests {

    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    interface Gateway {
        String charge() throws IOException;
    }

    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class ByClass implements Gateway {
        @Override
        @ResilientCall(name = "gateway", idempotent = true)
        public String charge() throws IOException {
            if (ATTEMPTS.incrementAndGet() % 2 == 1) {
                throw new IOException();
            }
            return "charged";
        }
    }

    @Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
    static class ByInterface extends ByClass {}

    @Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
    static class WithMistake implements Gateway {
        @Override
        @ResilientCall(name = "gateway", fallback = "nobody", idempotent = true)
        public String charge() {
            return "";
        }
    }

    private final ApplicationContextRunner host =
            host().withPropertyValues("resilience.defaults.retry.backoff.delay=0");

    @Configuration(proxyBeanMethods = false)
    @Import(ByClass.class)
    static class HostByClass {}

    @Configuration(proxyBeanMethods = false)
    @Import(ByInterface.class)
    static class HostByInterface {}

    @Configuration(proxyBeanMethods = false)
    @Import(WithMistake.class)
    static class HostWithMistake {}

    @Test
    void a_bean_behind_a_scoped_proxy_is_protected_once() {
        host.withUserConfiguration(HostByClass.class).run(context -> {
            assertThat(context.getBean(Gateway.class).charge()).isEqualTo("charged");
            assertThat(attempts(context.getBean(Pipelines.class))).isEqualTo(2);
        });
    }

    @Test
    void a_bean_behind_a_scoped_proxy_of_its_interfaces_is_checked_at_the_start_and_protected() {
        host.withUserConfiguration(HostByInterface.class).run(context -> {
            assertThat(context.getBean(ProtectedMethods.class).all()).isNotEmpty();
            assertThat(context.getBean(Gateway.class).charge()).isEqualTo("charged");
            assertThat(attempts(context.getBean(Pipelines.class))).isEqualTo(2);
        });
        host.withUserConfiguration(HostWithMistake.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(ResilienceConfigurationException.class)
                        .hasMessageContaining("no fallback 'nobody'"));
    }

    private static long attempts(Pipelines pipelines) {
        return pipelines.get("gateway").counts().attempts();
    }
}
