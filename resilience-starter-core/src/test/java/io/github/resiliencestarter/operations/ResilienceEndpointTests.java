package io.github.resiliencestarter.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

class ResilienceEndpointTests {

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class ByDefault {

        private WebHost host;

        @BeforeAll
        void start() throws IOException {
            host = new WebHost();
            host.bean(Remote.class).guarded();
            host.bean(Remote.class).failsTimes(2);
            host.bean(Remote.class).guarded();
        }

        @AfterAll
        void stop() {
            host.close();
        }

        @Test
        void all_calls_are_listed_with_order_and_circuit_and_counts() {
            JsonNode calls = host.get("resilience").body().get("calls");
            assertThat(calls.fieldNames()).toIterable().containsExactly("guarded", "plain", "wrapped");
            JsonNode guarded = calls.get("guarded");
            assertThat(texts(guarded.get("order")))
                    .containsExactly(
                            "observe",
                            "fallback",
                            "circuitBreaker",
                            "bulkhead",
                            "deadline",
                            "retry",
                            "timeout",
                            "method");
            assertThat(guarded.get("circuit").asText()).isEqualTo("CLOSED");
            assertThat(guarded.get("counts").get("success").asInt()).isEqualTo(1);
            assertThat(guarded.get("counts").get("fallback").asInt()).isEqualTo(1);
            assertThat(guarded.get("counts").get("rejected").asInt()).isZero();
            assertThat(guarded.get("attempts").asInt()).isEqualTo(3);
            assertThat(calls.get("plain").has("circuit")).isFalse();
        }

        @Test
        void the_strategies_of_one_call_are_in_the_order_of_its_pipeline() {
            JsonNode guarded = host.get("resilience/guarded").body();
            assertThat(guarded.get("name").asText()).isEqualTo("guarded");
            assertThat(StreamSupport.stream(guarded.get("strategies").spliterator(), false)
                            .map(strategy -> strategy.get("strategy").asText())
                            .toList())
                    .isEqualTo(texts(guarded.get("order")));
        }

        @Test
        void each_value_says_in_which_file_and_line_it_was_written() {
            JsonNode retry = settings("guarded", "retry");
            assertThat(retry.at("/retry.max-attempts/value").asInt()).isEqualTo(2);
            assertThat(retry.at("/retry.max-attempts/origin").asText())
                    .startsWith("resilience.calls.guarded.retry.max-attempts (")
                    .contains("operations-host.yml")
                    .endsWith("17:23)");
            assertThat(retry.at("/retry.backoff.delay/value").asText()).isEqualTo("1ms");
            assertThat(retry.at("/retry.backoff.delay/origin").asText())
                    .startsWith("resilience.defaults.retry.backoff.delay (")
                    .endsWith("12:16)");
            assertThat(retry.at("/retry.backoff.multiplier/value").asDouble()).isEqualTo(2.0);
            assertThat(retry.at("/retry.backoff.multiplier/origin").asText()).isEqualTo("built-in");
        }

        @Test
        void durations_and_exceptions_are_texts() {
            assertThat(settings("guarded", "deadline")
                            .at("/timeout.total/value")
                            .asText())
                    .isEqualTo("1500ms");
            JsonNode business = host.get("resilience/guarded").body().at("/settings/business-exceptions/value");
            assertThat(texts(business)).containsExactly(IllegalStateException.class.getName());
        }

        @Test
        void the_state_of_each_part_is_shown() {
            JsonNode guarded = host.get("resilience/guarded").body().get("state");
            assertThat(guarded.at("/circuitBreaker/state").asText()).isEqualTo("CLOSED");
            assertThat(guarded.at("/circuitBreaker/bufferedCalls").asInt()).isEqualTo(2);
            assertThat(guarded.at("/circuitBreaker/failedCalls").asInt()).isEqualTo(1);
            assertThat(guarded.at("/circuitBreaker").has("failureRate")).isFalse();
            assertThat(guarded.at("/bulkhead/availableConcurrentCalls").asInt()).isEqualTo(7);
            assertThat(guarded.at("/retry/failedWithRetry").asInt()).isEqualTo(1);
            assertThat(host.get("resilience/guarded")
                            .body()
                            .at("/failedAttempts/unknown")
                            .asInt())
                    .isEqualTo(2);
            JsonNode wrapped = host.get("resilience/wrapped").body().get("state");
            assertThat(wrapped.at("/rateLimiter/availablePermissions").asInt()).isEqualTo(5);
        }

        @Test
        void the_budget_of_retries_and_a_timeout_that_adapts_are_shown_as_they_are_now() {
            JsonNode guarded = host.get("resilience/guarded").body().get("state");
            assertThat(guarded.at("/retryBudget/available").asInt())
                    .as("a retry was made")
                    .isBetween(99, 100);
            assertThat(guarded.has("adaptiveTimeout")).isFalse();
            JsonNode plain = host.get("resilience/plain").body();
            assertThat(plain.at("/state/adaptiveTimeout/currentMillis").asDouble())
                    .isEqualTo(800);
            assertThat(plain.at("/state/adaptiveTimeout/adapted").asBoolean()).isFalse();
            assertThat(plain.toString()).contains("timeout.adaptive.quantile", "retry-budget.ratio", "nested-retries");
            assertThat(host.get("resilience/guarded").body().toString()).doesNotContain("timeout.adaptive");
        }

        @Test
        void a_borrowed_instance_is_named_and_its_settings_are_not_invented() {
            JsonNode breaker = settings("wrapped", "circuitBreaker");
            assertThat(breaker.fieldNames())
                    .toIterable()
                    .containsExactly("circuit-breaker.enabled", "circuit-breaker.instance");
            assertThat(breaker.at("/circuit-breaker.instance/value").asText()).isEqualTo("shared");
        }

        @Test
        void the_annotated_methods_are_shown_with_their_fallback() {
            JsonNode method = host.get("resilience/guarded").body().at("/methods/0");
            assertThat(method.at("/idempotent").asBoolean()).isTrue();
            assertThat(method.get("class").asText()).isEqualTo(Remote.class.getName());
            assertThat(method.get("method").asText()).isEqualTo("guarded");
            assertThat(method.get("fallback").asText()).isEqualTo("fallback");
            assertThat(host.get("resilience/wrapped")
                            .body()
                            .at("/methods/0/wrapWith")
                            .asText())
                    .isEqualTo(Remote.StorageException.class.getName());
        }

        @Test
        void an_unknown_call_is_not_found_and_not_made() {
            assertThat(host.get("resilience/nobody").status()).isEqualTo(404);
            assertThat(host.get("resilience").body().get("calls").has("nobody")).isFalse();
        }

        @Test
        void writing_is_refused() {
            assertThat(host.post("resilience/guarded", "{\"circuit\": \"force-open\"}")
                            .status())
                    .isEqualTo(405);
            assertThat(host.get("resilience/guarded").body().get("circuit").asText())
                    .isEqualTo("CLOSED");
        }

        private JsonNode settings(String call, String strategy) {
            return StreamSupport.stream(
                            host.get("resilience/" + call)
                                    .body()
                                    .get("strategies")
                                    .spliterator(),
                            false)
                    .filter(each -> each.get("strategy").asText().equals(strategy))
                    .map(each -> each.get("settings"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class WithUnrestrictedAccess {

        private WebHost host;

        @BeforeAll
        void start() {
            host = new WebHost("management.endpoint.resilience.access=unrestricted");
        }

        @AfterAll
        void stop() {
            host.close();
        }

        @BeforeEach
        void closeAll() {
            host.bean(CircuitBreakerRegistry.class).getAllCircuitBreakers().forEach(breaker -> breaker.reset());
            host.bean(WebHost.Audit.class).switched.clear();
        }

        @Test
        void force_open_rejects_calls_until_it_is_closed() throws IOException {
            Remote remote = host.bean(Remote.class);
            WebHost.Answer forced = host.post("resilience/wrapped", "{\"circuit\": \"force-open\"}");
            assertThat(forced.status()).isEqualTo(200);
            assertThat(forced.body().get("from").asText()).isEqualTo("CLOSED");
            assertThat(forced.body().get("to").asText()).isEqualTo("FORCED_OPEN");
            assertThatThrownBy(remote::wrapped).hasCauseInstanceOf(CallNotPermittedException.class);

            assertThat(host.post("resilience/wrapped", "{\"circuit\": \"close\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(remote.wrapped()).isEqualTo("answer");
        }

        @Test
        void reset_closes_and_forgets_what_was_counted() {
            var breaker = host.bean(CircuitBreakerRegistry.class).circuitBreaker("guarded");
            breaker.onError(1, TimeUnit.SECONDS, new IOException());
            breaker.transitionToOpenState();
            host.post("resilience/guarded", "{\"circuit\": \"RESET\"}");
            assertThat(breaker.getState()).isEqualTo(State.CLOSED);
            assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
        }

        @Test
        void each_switching_is_an_event() {
            host.post("resilience/guarded", "{\"circuit\": \"forceOpen\"}");
            assertThat(host.bean(WebHost.Audit.class).switched)
                    .singleElement()
                    .extracting("call", "action", "by", "from", "to")
                    .containsExactly("guarded", CircuitAction.FORCE_OPEN, null, State.CLOSED, State.FORCED_OPEN);
        }

        @Test
        void an_unknown_call_is_not_found() {
            WebHost.Answer answer = host.post("resilience/nobody", "{\"circuit\": \"close\"}");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body().get("error").asText()).isEqualTo("There is no call 'nobody'");
        }

        @Test
        void a_call_without_a_circuit_breaker_says_why_it_cannot_be_switched() {
            WebHost.Answer answer = host.post("resilience/plain", "{\"circuit\": \"close\"}");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body().get("error").asText())
                    .startsWith("Call 'plain' has no circuit breaker: circuit-breaker.enabled");
        }

        @Test
        void an_unknown_action_is_a_bad_request() {
            assertThat(host.post("resilience/guarded", "{\"circuit\": \"explode\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(host.post("resilience/guarded", "{}").status()).isEqualTo(400);
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
