package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FallbackMethodTests {

    static class Storage {

        @ResilientCall(name = "storage", fallback = "kept", idempotent = true)
        public String upload(String name, byte[] bytes, Throwable failure) throws Throwable {
            throw failure;
        }

        private String kept(String name, byte[] bytes, Throwable failure, CallNotPermittedException e) {
            return "circuit open for " + name;
        }

        private String kept(String name, byte[] bytes, Throwable failure, IOException e) {
            return "io for " + name;
        }

        private String kept(String name, byte[] bytes, Throwable failure, FileNotFoundException e) {
            return "missing file for " + name;
        }

        private String kept(String name, byte[] bytes, Throwable failure, CallFailure details) {
            return "attempts " + details.attempts();
        }

        @ResilientCall(name = "plain", fallback = "nothing", idempotent = true)
        public int count(int[] numbers) {
            throw new IllegalStateException();
        }

        private static int nothing(int[] numbers) {
            return -numbers.length;
        }

        @ResilientCall(name = "elsewhere", fallback = "shelter::take", idempotent = true)
        public String shelter(String name) {
            throw new IllegalStateException("gone");
        }

        @ResilientCall(name = "void", fallback = "forget", idempotent = true)
        public void send(StringBuilder log) {
            throw new IllegalStateException();
        }

        void forget(StringBuilder log, Exception e) {
            log.append("forgotten");
        }

        @ResilientCall(name = "varargs", fallback = "joined", idempotent = true)
        public String join(String... parts) {
            throw new IllegalStateException();
        }

        String joined(String[] parts, Exception e) {
            return String.join("+", parts);
        }

        @ResilientCall(name = "narrow", fallback = "onlyIo", idempotent = true)
        public String narrow() {
            throw new IllegalStateException("not io");
        }

        String onlyIo(IOException e) {
            return "io";
        }
    }

    static class Shelter {
        private final String prefix = "taken in: ";

        private String take(String name, Exception e) {
            return prefix + name + " (" + e.getMessage() + ")";
        }
    }

    private final ApplicationContextRunner host = host().withBean(Storage.class)
            .withBean("shelter", Shelter.class)
            .withPropertyValues(
                    "resilience.defaults.retry.backoff.delay=0", "resilience.defaults.retry.max-attempts=2");

    @Test
    void the_most_specific_exception_wins() {
        host.run(context -> {
            Storage storage = context.getBean(Storage.class);
            assertThat(storage.upload("a", null, new FileNotFoundException())).isEqualTo("missing file for a");
            assertThat(storage.upload("a", null, new IOException())).isEqualTo("io for a");
            context.getBean(CircuitBreakerRegistry.class)
                    .circuitBreaker("storage")
                    .transitionToOpenState();
            assertThat(storage.upload("a", null, new IOException())).isEqualTo("circuit open for a");
        });
    }

    @Test
    void what_no_exception_parameter_takes_goes_to_the_method_that_takes_a_call_failure() {
        host.run(context -> assertThat(context.getBean(Storage.class).upload("a", null, new IllegalStateException()))
                .isEqualTo("attempts 2"));
    }

    @Test
    void a_fallback_may_take_nothing_but_the_parameters_and_may_be_private_and_static() {
        host.run(context ->
                assertThat(context.getBean(Storage.class).count(new int[3])).isEqualTo(-3));
    }

    @Test
    void a_fallback_may_be_a_private_method_of_another_bean() {
        host.run(context ->
                assertThat(context.getBean(Storage.class).shelter("a")).isEqualTo("taken in: a (gone)"));
    }

    @Test
    void a_method_without_a_value_may_have_a_fallback() {
        host.run(context -> {
            StringBuilder log = new StringBuilder();
            context.getBean(Storage.class).send(log);
            assertThat(log).hasToString("forgotten");
        });
    }

    @Test
    void a_varargs_method_passes_its_array() {
        host.run(context ->
                assertThat(context.getBean(Storage.class).join("a", "b")).isEqualTo("a+b"));
    }

    @Test
    void an_exception_that_no_fallback_takes_reaches_the_caller() {
        host.run(context -> assertThatThrownBy(
                        () -> context.getBean(Storage.class).narrow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not io"));
    }

    @Test
    void an_error_is_not_given_to_a_fallback() {
        host.run(context -> assertThatThrownBy(
                        () -> context.getBean(Storage.class).upload("a", null, new StackOverflowError()))
                .isInstanceOf(StackOverflowError.class));
    }
}
