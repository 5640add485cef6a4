package io.github.resiliencestarter.test;

import static io.github.resiliencestarter.Strategy.CIRCUIT_BREAKER;
import static io.github.resiliencestarter.Strategy.FALLBACK;
import static io.github.resiliencestarter.Strategy.RETRY;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.call;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;

import io.github.resiliencestarter.test.assertion.ResilienceProbe;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

@ResilienceTest(
        value = ResilienceTestTests.Application.class,
        properties = "resilience.calls.oracleStorage.retry.max-attempts=2")
class ResilienceTestTests {

    @Autowired
    private Storage storage;

    @Autowired
    private NightlyJob job;

    @Test
    void the_application_has_the_beans_under_test_and_those_of_the_starter_only(@Autowired ApplicationContext beans)
            throws Exception {
        assertThat(storage.upload("contents")).isEqualTo("stored");
        assertThat(call("oracleStorage"))
                .isClosed()
                .isOrdered(FALLBACK, CIRCUIT_BREAKER, RETRY)
                .hasSetting("retry.max-attempts", 2)
                .hasSucceeded(1);
        assertThat(beans.getBeanProvider(ThreadPoolTaskExecutorBuilder.class))
                .as("any other auto-configuration")
                .isEmpty();
    }

    /** Whichever comes second would find what the first one has left. */
    @RepeatedTest(2)
    void each_test_finds_circuits_closed_faults_healed_time_back_and_nothing_recorded(
            CallFaults faults, VirtualTime time, @Autowired Clock clock) throws Exception {
        assertThat(call("oracleStorage")).isClosed().hasAttempted(0).hasFallenBack(0);
        assertThat(call("oracleStorage").events()).isEmpty();
        assertThat(clock.instant()).isEqualTo(VirtualTime.START);
        assertThat(time.pending()).as("the job").isEqualTo(1);
        assertThat(storage.upload("contents")).isEqualTo("stored");

        faults.on("oracleStorage").failRate(1);
        for (int i = 0; i < 20; i++) {
            storage.upload("contents");
        }
        time.advance(ofSeconds(7));
        assertThat(call("oracleStorage")).isOpen();
    }

    @RepeatedTest(2)
    void cron_runs_by_virtual_time_and_begins_again_with_each_test(VirtualTime time) {
        job.runs.clear();
        time.advance(ofHours(24));
        assertThat(job.runs).containsExactly("2026-01-01T03:00:00Z");
    }

    @Test
    void the_probe_is_a_parameter_too(ResilienceProbe probe) {
        assertThat(probe.call("oracleStorage").name()).isEqualTo("oracleStorage");
    }

    @Nested
    class NestedTests {
        @RepeatedTest(2)
        void belong_to_it(CallFaults faults) throws Exception {
            assertThat(storage.upload("contents")).isEqualTo("stored");
            faults.on("oracleStorage").failRate(1);
            assertThat(storage.upload("contents")).isEqualTo("kept");
            assertThat(call("oracleStorage")).hasSucceeded(1).hasFallenBack(1);
        }
    }

    static class NightlyJob {
        final List<String> runs = new ArrayList<>();
        private final Clock clock;

        NightlyJob(Clock clock) {
            this.clock = clock;
        }

        @Scheduled(cron = "0 0 3 * * *", zone = "UTC")
        void run() {
            runs.add(clock.instant().toString());
        }
    }

    /** As an application of a host, which configures whatever is on its class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableScheduling
    static class Application {
        @Bean
        Storage storage() {
            return new Storage();
        }

        @Bean
        NightlyJob nightlyJob(Clock clock) {
            return new NightlyJob(clock);
        }
    }
}
