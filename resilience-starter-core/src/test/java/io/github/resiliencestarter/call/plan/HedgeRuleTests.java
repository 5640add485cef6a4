package io.github.resiliencestarter.call.plan;

import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.TestCalls;
import org.junit.jupiter.api.Test;

class HedgeRuleTests {

    private static String mistake(String... properties) {
        Throwable thrown = fails(() -> TestCalls.with(properties).remote());
        assertThat(thrown).isInstanceOf(ResilienceConfigurationException.class);
        return thrown.getMessage();
    }

    @Test
    void a_call_that_must_not_be_made_twice_is_not_hedged() {
        assertThat(mistake("hedge.delay=200ms", "idempotent=false")).contains("which idempotent: false forbids");
    }

    @Test
    void a_hedge_that_would_come_after_the_timeout_is_an_error() {
        assertThat(mistake("hedge.delay=2s", "idempotent=true", "timeout.per-attempt=2s"))
                .contains("timeout.per-attempt ends the attempt after 2s, before hedge.delay, 2s");
        assertThat(mistake("hedge.delay=2s", "idempotent=true", "timeout.total=1s"))
                .contains("timeout.total ends the attempt after 1s");
    }

    @Test
    void a_hedge_in_time_is_none() {
        TestCalls.with("hedge.delay=1999ms", "idempotent=true", "timeout.per-attempt=2s")
                .remote();
        TestCalls.with("hedge.delay=p99", "idempotent=true", "timeout.per-attempt=2s")
                .remote();
    }

    @Test
    void a_hedge_at_once_is_an_error() {
        assertThat(mistake("hedge.delay=0ms", "idempotent=true")).contains("must be longer than 0");
    }

    @Test
    void at_least_one_hedge_is_meant() {
        assertThat(mistake("hedge.max=0", "idempotent=true")).contains("must be at least 1");
    }

    @Test
    void a_hedge_must_not_wait_in_a_queue() {
        assertThat(mistake(
                        "hedge.delay=1s",
                        "idempotent=true",
                        "thread-pool-bulkhead.max-thread-pool-size=4",
                        "thread-pool-bulkhead.queue-capacity=10"))
                .contains("a hedge would wait in the same queue");
    }
}
