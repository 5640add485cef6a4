package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LastKnownGoodMethodTests {

    static class Rates {
        boolean down;
        int number;

        private String next(String prefix) throws IOException {
            if (down) {
                throw new IOException();
            }
            return prefix + ++number;
        }

        @ResilientCall("rates")
        public String rate(String... currencies) throws IOException {
            String answer = next(String.join("/", currencies) + " ");
            currencies[0] = "changed by the method";
            return answer;
        }

        @ResilientCall("rates")
        public String other(String... currencies) throws IOException {
            return next("other ");
        }

        @ResilientCall(name = "rates", fallback = "ofException")
        public String withException(String currency) throws IOException {
            return next("");
        }

        private String ofException(String currency, IOException failure) {
            return "fallback";
        }

        @ResilientCall(name = "rates", fallback = "ofFailure")
        public String withFailure(String currency) throws IOException {
            return next("");
        }

        private String ofFailure(String currency, CallFailure failure) {
            return "at least " + Objects.requireNonNull(failure.lastKnownGood()).value();
        }

        void goDown() {
            down = true;
        }
    }

    static class Nothing {
        @ResilientCall("rates")
        public void store(String currency) {}
    }

    static class Stream {
        @ResilientCall("rates")
        public String read(java.io.ByteArrayInputStream currency) {
            return "";
        }
    }

    private final ApplicationContextRunner host = host().withBean(Rates.class)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues("resilience.calls.rates.last-known-good.max-stale=1m");

    @Test
    void arguments_that_the_method_changes_are_found_again_as_they_were() {
        host.run(context -> {
            Rates rates = context.getBean(Rates.class);
            assertThat(rates.rate("EUR", "USD")).isEqualTo("EUR/USD 1");
            rates.goDown();
            assertThat(rates.rate("EUR", "USD")).isEqualTo("EUR/USD 1");
            assertThatThrownBy(() -> rates.rate("EUR", "CHF")).isInstanceOf(IOException.class);
        });
    }

    @Test
    void what_one_method_answered_says_nothing_about_another_one_of_the_same_call() {
        host.run(context -> {
            Rates rates = context.getBean(Rates.class);
            rates.rate("EUR");
            rates.goDown();
            assertThatThrownBy(() -> rates.other("EUR")).isInstanceOf(IOException.class);
        });
    }

    @Test
    void a_fallback_that_takes_the_exception_answers_only_where_nothing_is_known() {
        host.run(context -> {
            Rates rates = context.getBean(Rates.class);
            assertThat(rates.withException("EUR")).isEqualTo("1");
            rates.goDown();
            assertThat(rates.withException("EUR")).isEqualTo("1");
            assertThat(rates.withException("USD")).isEqualTo("fallback");
            assertThat(context.getBean(MeterRegistry.class)
                            .get("resilience.call.stale")
                            .tag("call", "rates")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void a_fallback_that_takes_a_call_failure_decides() {
        host.run(context -> {
            Rates rates = context.getBean(Rates.class);
            rates.withFailure("EUR");
            rates.goDown();
            assertThat(rates.withFailure("EUR")).isEqualTo("at least 1");
        });
    }

    @Test
    void a_method_that_returns_nothing_stops_the_start() {
        host.withBean(Nothing.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("Nothing.store(String)")
                        .hasMessageContaining("cannot keep the answer of a method that has none"));
    }

    @Test
    void an_argument_without_equals_is_warned_of() {
        host.withBean(Stream.class)
                .withPropertyValues("resilience.linter.fail-on=warning")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("java.io.ByteArrayInputStream does not have"));
    }

    @Test
    void without_its_strategy_a_call_has_no_meter_of_it() {
        host().withBean(Rates.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context.getBean(MeterRegistry.class).getMeters())
                        .extracting(meter -> meter.getId().getName())
                        .doesNotContainAnyElementsOf(List.of("resilience.call.stale")));
    }
}
