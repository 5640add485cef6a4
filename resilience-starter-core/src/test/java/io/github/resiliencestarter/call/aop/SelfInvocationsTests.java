package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ReflectionUtils;

class SelfInvocationsTests {

    static class Plainly {
        @ResilientCall("remote")
        public String call() {
            return "";
        }

        public String all() {
            return call();
        }
    }

    static class InLambda {
        @ResilientCall("remote")
        public String call() {
            return "";
        }

        public Supplier<String> all() {
            return () -> call();
        }
    }

    static class ByReference {
        @ResilientCall("remote")
        public String call() {
            return "";
        }

        public Supplier<String> all() {
            return this::call;
        }
    }

    abstract static class Template<T> {
        public abstract T call();

        public T all() {
            return call();
        }
    }

    static class Filled extends Template<String> {
        @Override
        @ResilientCall("remote")
        public String call() {
            return "";
        }
    }

    abstract static class AnnotatedTemplate<T> {
        abstract T body();

        @ResilientCall("remote")
        public T call() {
            return body();
        }

        public T all() {
            return call();
        }
    }

    static class FilledIn extends AnnotatedTemplate<String> {
        @Override
        String body() {
            return "";
        }
    }

    static class OtherWay extends Template<String> {
        @Override
        @ResilientCall("remote")
        public String call() {
            return "";
        }

        @Override
        public String all() {
            return "";
        }
    }

    static class ThroughItsProxy {
        private final ThroughItsProxy self;
        private final ObjectProvider<ThroughItsProxy> provider;

        ThroughItsProxy(ThroughItsProxy self, ObjectProvider<ThroughItsProxy> provider) {
            this.self = self;
            this.provider = provider;
        }

        @ResilientCall("remote")
        public String call() {
            return "";
        }

        public String byField() {
            return self.call();
        }

        public Supplier<String> inLambda() {
            return () -> self.call();
        }

        public Supplier<String> byReference() {
            return self::call;
        }

        public String byProvider() {
            return provider.getObject().call();
        }

        static String byParameter(ThroughItsProxy proxy) {
            return proxy.call();
        }
    }

    @Test
    void calls_of_the_own_class_are_found_in_lambdas_and_as_references_too() {
        for (Class<?> type : List.of(Plainly.class, InLambda.class, ByReference.class)) {
            assertThat(callers(type)).as(type.getSimpleName()).containsExactly("all");
        }
    }

    @Test
    void calls_from_a_class_that_it_extends_are_found() {
        assertThat(callers(FilledIn.class)).containsExactly("all");
        assertThat(callers(Filled.class)).containsExactly("all");
    }

    @Test
    void a_call_from_a_method_that_is_overridden_does_not_happen() {
        assertThat(callers(OtherWay.class)).isEmpty();
    }

    @Test
    void calls_through_the_own_proxy_are_no_mistake() {
        assertThat(callers(ThroughItsProxy.class)).isEmpty();
    }

    private static Iterable<String> callers(Class<?> type) {
        var annotated = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
                .filter(method -> method.isAnnotationPresent(ResilientCall.class))
                .toList();
        Map<?, String> found = SelfInvocations.in(type, annotated);
        return found.values();
    }
}
