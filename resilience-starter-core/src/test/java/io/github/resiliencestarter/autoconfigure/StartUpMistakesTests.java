package io.github.resiliencestarter.autoconfigure;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.ResilientCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartUpMistakesTests {

    static class MissingFallback {
        @ResilientCall(name = "remote", fallback = "uploadFalback")
        public String upload(String name, byte[] bytes) {
            return name;
        }

        String uploadFallback(String name, byte[] bytes, Exception e) {
            return name;
        }
    }

    static class MismatchedFallback {
        @ResilientCall(name = "remote", fallback = "uploadFallback")
        public String upload(String name, byte[] bytes) {
            return name;
        }

        private String uploadFallback(String name, Exception e) {
            return name;
        }
    }

    static class WrongReturn {
        @ResilientCall(name = "remote", fallback = "other")
        public String upload() {
            return "";
        }

        private int other(CallFailure failure) {
            return 1;
        }
    }

    static class UnknownBean {
        @ResilientCall(name = "remote", fallback = "sheltr::take")
        public String upload() {
            return "";
        }
    }

    static class Unreachable {
        @ResilientCall("remote")
        private String hidden() {
            return "";
        }

        @ResilientCall("remote")
        static String ofClass() {
            return "";
        }

        @ResilientCall("remote")
        public final String fixed() {
            return "";
        }

        @ResilientCall("remote")
        public String fine() {
            return hidden();
        }
    }

    static class OnlyPrivate {
        @ResilientCall("remote")
        private String hidden() {
            return "";
        }
    }

    static class Later {
        @ResilientCall("remote")
        public ScheduledFuture<String> call() {
            throw new UnsupportedOperationException();
        }
    }

    static class ForeignFallback {
        @ResilientCall(name = "remote", fallback = "recover")
        public CompletableFuture<String> call() {
            return CompletableFuture.completedFuture("");
        }

        private CompletableFuture<Integer> recover(CallFailure failure) {
            return CompletableFuture.completedFuture(1);
        }
    }

    static class ForeignBareFallback {
        @ResilientCall(name = "remote", fallback = "recover")
        public CompletableFuture<String> call() {
            return CompletableFuture.completedFuture("");
        }

        private Integer recover() {
            return 1;
        }
    }

    static class Nameless {
        @ResilientCall
        public void call() {}
    }

    static class CheckedWrapper {
        @ResilientCall(name = "remote", wrapWith = IOException.class)
        public void call() {}
    }

    static class SelfInvoking {
        public void all() {
            one();
        }

        @ResilientCall("remote")
        public void one() {}
    }

    static class Fine {
        @ResilientCall(name = "remote", idempotent = true)
        public void call() {}
    }

    static class HidesFailures {
        @CircuitBreaker(name = "a")
        @Retry(name = "a", fallbackMethod = "other")
        public String call() {
            return "";
        }

        String other(Exception e) {
            return "";
        }
    }

    static class Both {
        @ResilientCall("remote")
        @Retry(name = "remote")
        public String call() {
            return "";
        }
    }

    private static List<Problem> problemsOf(Class<?> bean, String... properties) {
        List<Problem> problems = new ArrayList<>();
        host().withBean("shelter", StringBuilder.class)
                .withBean(bean)
                .withPropertyValues(properties)
                .run(context -> {
                    assertThat(context).hasFailed();
                    Throwable failure = context.getStartupFailure();
                    while (!(failure instanceof ResilienceConfigurationException)) {
                        failure = failure.getCause();
                        assertThat(failure).isNotNull();
                    }
                    problems.addAll(((ResilienceConfigurationException) failure).getProblems());
                });
        return problems;
    }

    private static Problem problemOf(Class<?> bean, String... properties) {
        List<Problem> problems = problemsOf(bean, properties);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @Test
    void a_missing_fallback_stops_the_start_with_what_was_looked_for_and_what_was_meant() {
        Problem problem = problemOf(MissingFallback.class);
        assertThat(problem.where()).endsWith("MissingFallback.upload(String, byte[])");
        assertThat(problem.what())
                .contains("String uploadFalback(String, byte[], <an exception>)")
                .contains("String uploadFalback(String, byte[], CallFailure)")
                .contains("String uploadFalback(String, byte[])");
        assertThat(problem.remedy()).isEqualTo("Did you mean 'uploadFallback'?");
    }

    @Test
    void a_mismatched_fallback_stops_the_start_with_the_nearest_miss() {
        assertThat(problemOf(MismatchedFallback.class).remedy())
                .contains("The nearest is String uploadFallback(String, Exception)");
    }

    @Test
    void a_fallback_that_returns_something_else_does_not_fit() {
        assertThat(problemOf(WrongReturn.class).remedy()).contains("The nearest is int other(CallFailure)");
    }

    @Test
    void a_fallback_in_a_bean_that_does_not_exist_stops_the_start() {
        Problem problem = problemOf(UnknownBean.class);
        assertThat(problem.what()).contains("there is no bean 'sheltr'");
        assertThat(problem.remedy()).isEqualTo("Did you mean 'shelter'?");
    }

    @Test
    void methods_that_no_proxy_can_reach_stop_the_start_all_of_them_at_once() {
        List<Problem> problems = problemsOf(Unreachable.class);
        assertThat(problems).extracting(Problem::what).hasSize(3).allMatch(what -> what.contains("no proxy can"));
        assertThat(problems)
                .extracting(Problem::where)
                .allMatch(where -> where.contains("hidden") || where.contains("ofClass") || where.contains("fixed"));
    }

    @Test
    void a_bean_with_nothing_but_unreachable_methods_is_told_so() {
        assertThat(problemOf(OnlyPrivate.class).what()).contains("private method");
    }

    @Test
    void a_method_that_answers_later_in_its_own_way_stops_the_start_instead_of_being_half_protected() {
        Problem problem = problemOf(Later.class);
        assertThat(problem.what()).contains("ScheduledFuture");
        assertThat(problem.remedy()).contains("CompletableFuture", "Mono", "Flux", "suspend");
        assertThat(problem.remedy()).contains("CompletableFuture");
    }

    @Test
    void a_fallback_of_a_foreign_type_stops_the_start_of_a_method_that_answers_later() {
        for (Class<?> foreign : List.of(ForeignFallback.class, ForeignBareFallback.class)) {
            Problem problem = problemOf(foreign);
            assertThat(problem.where()).contains(foreign.getSimpleName(), "call");
            assertThat(problem.what()).contains("CompletableFuture<String> or String recover(CallFailure)");
            assertThat(problem.remedy()).contains("The nearest is");
        }
    }

    @Test
    void an_annotation_without_a_name_stops_the_start() {
        assertThat(problemOf(Nameless.class).what()).isEqualTo("@ResilientCall has no name");
    }

    @Test
    void a_checked_wrapper_that_the_method_does_not_declare_stops_the_start() {
        Problem problem = problemOf(CheckedWrapper.class);
        assertThat(problem.what()).contains("java.io.IOException");
        assertThat(problem.remedy()).contains("throws IOException");
    }

    @Test
    void a_checked_wrapper_from_yaml_is_found_too() {
        assertThat(problemOf(Fine.class, "resilience.calls.remote.fallback.wrap-with=java.io.IOException")
                        .what())
                .startsWith("fallback.wrap-with");
    }

    @Test
    void a_wrapper_without_a_usable_constructor_stops_the_start() {
        Problem problem =
                problemOf(Fine.class, "resilience.calls.remote.fallback.wrap-with=" + NoConstructor.class.getName());
        assertThat(problem.toString()).contains("(String, Throwable)").contains("NoConstructor");
    }

    public static class NoConstructor extends RuntimeException {
        public NoConstructor(int number) {}
    }

    @Test
    void a_borrowed_instance_that_does_not_exist_stops_the_start() {
        Problem problem = problemOf(Fine.class, "resilience.calls.remote.circuit-breaker.instance=pgCircuit");
        assertThat(problem.where()).contains("resilience.calls.remote.circuit-breaker.instance");
        assertThat(problem.remedy()).contains("resilience4j.circuitbreaker.instances.pgCircuit");
    }

    @Test
    void a_borrowed_instance_is_used_as_it_is() {
        host().withBean(Fine.class)
                .withPropertyValues(
                        "resilience.calls.remote.circuit-breaker.instance=pgCircuit",
                        "resilience4j.circuitbreaker.instances.pgCircuit.sliding-window-size=7")
                .run(context -> assertThat(context.getBean(io.github.resiliencestarter.call.Pipelines.class)
                                .get("remote")
                                .circuitBreaker())
                        .isSameAs(context.getBean(io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry.class)
                                .circuitBreaker("pgCircuit")));
    }

    @Test
    void an_unknown_call_name_is_a_warning_with_what_was_meant(CapturedOutput output) {
        host().withBean(Fine.class)
                .withPropertyValues("resilience.calls.remot.retry.max-attempts=2")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output)
                .contains("resilience.calls.remot: no @ResilientCall has the name 'remot'. Did you mean 'remote'?");
    }

    @Test
    void with_fail_on_warning_an_unknown_call_name_stops_the_start() {
        assertThat(problemOf(
                                Fine.class,
                                "resilience.calls.remot.retry.max-attempts=2",
                                "resilience.linter.fail-on=warning")
                        .where())
                .isEqualTo("resilience.calls.remot");
    }

    @Test
    void a_name_that_is_only_a_base_is_known(CapturedOutput output) {
        host().withBean(Fine.class)
                .withPropertyValues(
                        "resilience.calls.base.retry.max-attempts=2", "resilience.calls.remote.based-on=base")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("no @ResilientCall has the name");
    }

    @Test
    void a_call_from_within_its_own_class_is_a_warning(CapturedOutput output) {
        host().withBean(SelfInvoking.class).run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("SelfInvoking.one()").contains("'all' calls it from within its own class");
    }

    @Test
    void a_fallback_that_hides_failures_from_an_outer_breaker_is_a_warning(CapturedOutput output) {
        host().withBean(HidesFailures.class)
                .withPropertyValues(
                        "resilience4j.circuitbreaker.circuit-breaker-aspect-order=1",
                        "resilience4j.retry.retry-aspect-order=2")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("HidesFailures.call()").contains("the breaker never opens");
    }

    @Test
    void annotations_of_both_libraries_on_one_method_are_a_warning(CapturedOutput output) {
        host().withBean(Both.class).run(context -> assertThat(context).hasNotFailed());
        assertThat(output).contains("breaker and retry would run twice");
    }

    @Test
    void a_value_out_of_range_stops_the_start_even_if_no_method_uses_the_call() {
        assertThat(problemOf(Fine.class, "resilience.calls.other.retry.max-attempts=0")
                        .what())
                .isEqualTo("0 must be at least 1");
    }

    @Test
    void the_report_numbers_every_problem_and_its_remedy() {
        FailureAnalysis analysis = new ResilienceConfigurationFailureAnalyzer()
                .analyze(new ResilienceConfigurationException(problemsOf(Unreachable.class)));
        assertThat(analysis.getDescription()).contains("1. ").contains("3. ").contains("no proxy can reach it");
        assertThat(analysis.getAction()).contains("1. ").contains("3. ");
    }

    @Test
    void a_wrong_name_by_code_is_not_known_at_start_up_and_just_uses_the_defaults() {
        host().run(context -> assertThat(context.getBean(ResilientCalls.class)
                        .call("nobody")
                        .<String, RuntimeException>execute(() -> "answer"))
                .isEqualTo("answer"));
    }
}
