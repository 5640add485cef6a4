package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.call.Pipelines;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.util.AopTestUtils;

class AnnotationTests {

    static class Flaky {
        final AtomicInteger attempts = new AtomicInteger();

        String failOnce() throws IOException {
            if (attempts.incrementAndGet() % 2 == 1) {
                throw new IOException();
            }
            return "answer";
        }
    }

    @ResilientCall(name = "ofClass", idempotent = true)
    static class OnClass extends Flaky {
        public String call() throws IOException {
            return failOnce();
        }

        @ResilientCall(name = "ofMethod", idempotent = true)
        public String own() throws IOException {
            return failOnce();
        }

        String notPublic() throws IOException {
            return failOnce();
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ResilientCall(name = "remotes", idempotent = true)
    @interface RemoteCall {
        @AliasFor(annotation = ResilientCall.class, attribute = "fallback")
        String orElse() default "";
    }

    static class WithMeta extends Flaky {
        @RemoteCall(orElse = "other")
        public String call() throws IOException {
            throw new IOException();
        }

        private String other(Exception e) {
            return "other";
        }
    }

    interface Client {
        @ResilientCall(name = "client", idempotent = true)
        String call() throws IOException;
    }

    static class ClientOverHttp extends Flaky implements Client {
        @Override
        public String call() throws IOException {
            return failOnce();
        }
    }

    abstract static class Template extends Flaky {
        @ResilientCall(name = "inherited", idempotent = true)
        public String call() throws IOException {
            return failOnce();
        }
    }

    static class Inheriting extends Template {}

    static class Overriding extends Template {
        @Override
        public String call() throws IOException {
            return super.call();
        }
    }

    private final ApplicationContextRunner host =
            host().withPropertyValues("resilience.defaults.retry.backoff.delay=0");

    @Test
    void on_a_class_it_protects_every_public_method_and_an_annotated_method_has_its_own_name() {
        host.withBean(OnClass.class).run(context -> {
            OnClass bean = context.getBean(OnClass.class);
            assertThat(bean.call()).isEqualTo("answer");
            assertThat(bean.own()).isEqualTo("answer");
            assertThatThrownBy(bean::notPublic).isInstanceOf(IOException.class);
            assertThat(attempts(context.getBean(Pipelines.class), "ofClass")).isEqualTo(2);
            assertThat(attempts(context.getBean(Pipelines.class), "ofMethod")).isEqualTo(2);
        });
    }

    @Test
    void it_works_as_a_meta_annotation_with_aliases() {
        host.withBean(WithMeta.class)
                .run(context ->
                        assertThat(context.getBean(WithMeta.class).call()).isEqualTo("other"));
    }

    @Test
    void on_an_interface_it_protects_the_class_behind_a_jdk_proxy() {
        host.withPropertyValues("spring.aop.proxy-target-class=false")
                .withBean("client", ClientOverHttp.class)
                .run(context -> {
                    Client client = context.getBean(Client.class);
                    assertThat(AopUtils.isJdkDynamicProxy(client)).isTrue();
                    assertThat(client.call()).isEqualTo("answer");
                });
    }

    @Test
    void on_an_interface_it_protects_the_class_behind_a_class_proxy_too() {
        host.withBean("client", ClientOverHttp.class).run(context -> {
            Client client = context.getBean(Client.class);
            assertThat(AopUtils.isCglibProxy(client)).isTrue();
            assertThat(client.call()).isEqualTo("answer");
        });
    }

    @Test
    void it_is_inherited_and_found_on_what_a_method_overrides() {
        host.withBean(Inheriting.class).withBean(Overriding.class).run(context -> {
            assertThat(context.getBean(Inheriting.class).call()).isEqualTo("answer");
            assertThat(context.getBean(Overriding.class).call()).isEqualTo("answer");
            assertThat(attempts(context.getBean(Pipelines.class), "inherited")).isEqualTo(4);
        });
    }

    @Test
    void annotation_and_programmatic_twin_run_through_the_very_same_pipeline_object() {
        host.withBean(OnClass.class).run(context -> {
            ProtectedMethods methods = context.getBean(ProtectedMethods.class);
            Pipelines pipelines = context.getBean(Pipelines.class);
            context.getBean(ResilientCalls.class).call("ofClass").execute(() -> "answer");
            ProtectedMethod method = methods.of(OnClass.class, OnClass.class.getMethod("call"));
            assertThat(method.pipeline()).isSameAs(pipelines.get("ofClass"));
            assertThat(attempts(pipelines, "ofClass")).isEqualTo(1);
        });
    }

    @Test
    void it_works_where_the_host_has_switched_off_springs_own_auto_proxying() {
        host.withPropertyValues("spring.aop.auto=false")
                .withBean(OnClass.class)
                .run(context ->
                        assertThat(context.getBean(OnClass.class).call()).isEqualTo("answer"));
    }

    @Test
    void with_resilience_disabled_methods_run_as_if_they_were_not_annotated() {
        host.withPropertyValues("resilience.enabled=off")
                .withBean(OnClass.class)
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(OnClass.class).call())
                            .isInstanceOf(IOException.class);
                    assertThat(context.getBean(ResilientCalls.class)
                                    .call("any")
                                    .<String, RuntimeException>execute(() -> "bare"))
                            .isEqualTo("bare");
                });
    }

    @Test
    void a_call_that_is_disabled_runs_bare_while_others_are_protected() {
        host.withPropertyValues("resilience.calls.ofClass.enabled=false")
                .withBean(OnClass.class)
                .run(context -> {
                    OnClass bean = context.getBean(OnClass.class);
                    assertThatThrownBy(bean::call).isInstanceOf(IOException.class);
                    AopTestUtils.<OnClass>getTargetObject(bean).attempts.set(0);
                    assertThat(bean.own()).isEqualTo("answer");
                });
    }

    @Test
    void null_and_blank_names_are_refused() {
        host.run(context -> {
            ResilientCalls calls = context.getBean(ResilientCalls.class);
            assertThatThrownBy(() -> calls.call(null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> calls.call(" "))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs a name");
        });
    }

    private static long attempts(Pipelines pipelines, String name) {
        return pipelines.get(name).counts().attempts();
    }

    @ResilientCall("described")
    static class Described {
        public String call() {
            return "answer";
        }

        @Override
        public String toString() {
            return "a remote";
        }
    }

    @Test
    void what_a_class_says_of_itself_is_no_remote_call() {
        host().withBean(Described.class).run(context -> {
            Described described = context.getBean(Described.class);
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("described")
                    .transitionToOpenState();
            assertThatThrownBy(described::call).isInstanceOf(CallNotPermittedException.class);
            assertThat(described).hasToString("a remote");
        });
    }
}
