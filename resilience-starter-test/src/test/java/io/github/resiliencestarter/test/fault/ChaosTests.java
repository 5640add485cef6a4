package io.github.resiliencestarter.test.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCalls;
import io.github.resiliencestarter.test.fault.FaultyHost.Storage;
import io.github.resiliencestarter.test.fault.FaultyHost.WithFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ChaosTests {

    private static final String CALL = "resilience.chaos.calls.oracleStorage.";

    @Test
    void without_being_asked_for_there_are_no_faults() {
        FaultyHost.host()
                .withPropertyValues(CALL + "fail-rate=1")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallFaults.class));
    }

    @Test
    void properties_of_a_chaos_profile_inject_faults() {
        FaultyHost.host()
                .withPropertyValues(
                        "resilience.chaos.enabled=on",
                        CALL + "fail-rate=1",
                        CALL + "exception=java.util.concurrent.TimeoutException",
                        CALL + "latency=2s",
                        "resilience.calls.oracleStorage.retry.enabled=false")
                .run(context -> {
                    assertThatThrownBy(() -> context.getBean(Storage.class).upload())
                            .hasRootCauseInstanceOf(TimeoutException.class);
                    assertThat(context.getBean(VirtualTime.class).now()).isEqualTo(VirtualTime.START.plusSeconds(2));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "production", "PROD"})
    void chaos_does_not_start_in_production(String profile) {
        FaultyHost.host()
                .withPropertyValues("resilience.chaos.enabled=true", "spring.profiles.active=" + profile)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(ResilienceConfigurationException.class)
                        .hasMessageContaining("resilience.chaos.enabled")
                        .hasMessageContaining("profile '" + profile + "'")
                        .hasMessageContaining("Set it to false"));
    }

    @Test
    void lazy_beans_are_no_way_around_it() {
        FaultyHost.host()
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withPropertyValues("resilience.chaos.enabled=true", "spring.profiles.active=prod")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void the_faults_of_tests_do_not_start_in_production_either() {
        FaultyHost.host()
                .withUserConfiguration(WithFaults.class)
                .withPropertyValues("spring.profiles.active=prod")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(ResilienceConfigurationException.class)
                        .hasMessageContaining("CallFaults")
                        .hasMessageContaining("scope test"));
    }

    @Test
    void the_kit_alone_does_no_harm_in_production() {
        FaultyHost.host()
                .withPropertyValues("spring.profiles.active=prod")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void what_is_production_can_be_configured() {
        ApplicationContextRunner live = FaultyHost.host()
                .withPropertyValues("resilience.chaos.enabled=true", "resilience.chaos.production-profiles=live");
        live.withPropertyValues("spring.profiles.active=live")
                .run(context -> assertThat(context).hasFailed());
        live.withPropertyValues("spring.profiles.active=prod")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fail-rate=40",
                "fail-next=-1",
                "exception=java.lang.String",
                "exception=java.lang.VirtualMachineError",
                "fail-rat=0.4"
            })
    void what_makes_no_sense_stops_the_start_and_is_named(String key) {
        FaultyHost.host()
                .withPropertyValues("resilience.chaos.enabled=true", CALL + key)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .message()
                        .containsIgnoringCase(key.substring(0, key.indexOf('='))));
    }

    @Test
    void a_header_gives_faults_to_its_own_request_only() {
        List<String> statuses = new ArrayList<>();
        web().run(context -> {
            Filter filter = context.getBean(Filter.class);
            Storage storage = context.getBean(Storage.class);
            statuses.add(answer(filter, storage, "oracleStorage:fail-next=1,exception=java.io.IOException"));
            statuses.add(answer(filter, storage, null));
            statuses.add(answer(filter, storage, "other:fail-rate=1"));
        });
        assertThat(statuses).containsExactly("failed", "answered", "answered");
    }

    @Test
    void the_faults_of_a_header_go_with_an_attempt_to_its_worker() {
        web().withPropertyValues(
                        "resilience.calls.oracleStorage.timeout.per-attempt=2s",
                        "resilience.calls.oracleStorage.timeout.runs-on=worker")
                .run(context -> assertThat(answer(
                                context.getBean(Filter.class),
                                context.getBean(Storage.class),
                                "oracleStorage:hang=true"))
                        .isEqualTo("failed"));
    }

    @Test
    void the_faults_of_a_header_go_with_a_call_that_answers_later_to_all_its_attempts() {
        web().withPropertyValues(
                        "resilience.calls.later.idempotent=true", "resilience.calls.later.retry.max-attempts=3")
                .run(context -> {
                    List<CompletableFuture<String>> answers = new ArrayList<>();
                    MockHttpServletRequest request = new MockHttpServletRequest();
                    request.addHeader("X-Chaos", "later:fail-rate=1");
                    Filter filter = context.getBean(Filter.class);
                    filter.doFilter(
                            request,
                            new MockHttpServletResponse(),
                            (read, written) -> answers.add(context.getBean(ResilientCalls.class)
                                    .call("later")
                                    .executeAsync(() -> CompletableFuture.completedFuture("answer"))));
                    CompletableFuture<String> answer = answers.get(0);
                    await().until(() -> {
                        context.getBean(VirtualTime.class).advance(Duration.ofSeconds(1));
                        return answer.isDone();
                    });
                    assertThat(answer).isCompletedExceptionally();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oracleStorage",
                "oracleStorage:fail",
                "oracleStorage:fail-rate=7",
                "x:latency=soon",
                "x:fail-rat=0.4"
            })
    void a_header_that_cannot_be_read_is_answered_with_400_and_the_reason(String value) {
        web().run(context -> assertThat(answer(context.getBean(Filter.class), context.getBean(Storage.class), value))
                .startsWith("400 X-Chaos: "));
    }

    @Test
    void without_the_name_of_a_header_there_is_no_filter() {
        FaultyHost.webHost()
                .withPropertyValues("resilience.chaos.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Filter.class));
    }

    @Test
    void a_header_without_chaos_is_ignored() {
        FaultyHost.webHost()
                .withPropertyValues("resilience.chaos.header=X-Chaos")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Filter.class));
    }

    private static WebApplicationContextRunner web() {
        return FaultyHost.webHost()
                .withPropertyValues(
                        "resilience.chaos.enabled=true",
                        "resilience.chaos.header=X-Chaos",
                        "resilience.calls.oracleStorage.retry.enabled=false");
    }

    private static String answer(Filter filter, Storage storage, String header) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (header != null) {
            request.addHeader("X-Chaos", header);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        List<String> result = new ArrayList<>();
        MockFilterChain chain = new MockFilterChain() {
            @Override
            public void doFilter(jakarta.servlet.ServletRequest req, jakarta.servlet.ServletResponse res) {
                try {
                    storage.upload();
                    result.add("answered");
                } catch (Exception failure) {
                    result.add("failed");
                }
            }
        };
        filter.doFilter(request, response, chain);
        return result.isEmpty() ? response.getStatus() + " " + response.getErrorMessage() : result.get(0);
    }
}
