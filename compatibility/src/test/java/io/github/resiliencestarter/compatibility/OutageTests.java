package io.github.resiliencestarter.compatibility;

import static io.github.resiliencestarter.Strategy.CIRCUIT_BREAKER;
import static io.github.resiliencestarter.Strategy.FALLBACK;
import static io.github.resiliencestarter.Strategy.RETRY;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.call;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.test.ResilienceTest;
import io.github.resiliencestarter.test.fault.CallFaults;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** The test kit's own slice, on virtual time. */
@ResilienceTest(OutageTests.Application.class)
class OutageTests {

    @Autowired
    private Storage storage;

    @Autowired
    private NightlyJob job;

    /** Whichever comes second would find what the first one has left. */
    @RepeatedTest(2)
    void an_outage_is_survived_and_ends_by_itself(CallFaults faults, VirtualTime time) {
        assertThat(call("storage")).isClosed().hasAttempted(0).isOrdered(FALLBACK, CIRCUIT_BREAKER, RETRY);
        assertThat(time.now()).isEqualTo(VirtualTime.START);

        faults.on("storage").failRate(1);
        for (int i = 0; i < 10; i++) {
            assertThat(storage.upload("invoice")).isEqualTo("kept for later");
        }
        assertThat(call("storage"))
                .isOpen()
                .hasFallenBack(10)
                .hasMeasured("resilience.call", 10, "outcome", "fallback");

        faults.heal();
        time.advance(ofSeconds(30));
        assertThat(call("storage")).isHalfOpen();
        assertThat(storage.upload("invoice")).isEqualTo("stored");
    }

    @RepeatedTest(2)
    void cron_runs_by_virtual_time(VirtualTime time) {
        job.runs.clear();
        time.advance(ofDays(1));
        assertThat(job.runs).containsExactly("2026-01-01T03:00:00Z");
    }

    public static class Storage {

        @ResilientCall(name = "storage", fallback = "keep", idempotent = true)
        public String upload(String contents) {
            return "stored";
        }

        @SuppressWarnings("unused") // named by the annotation
        private String keep(String contents, Exception failure) {
            return "kept for later";
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

    @Configuration(proxyBeanMethods = false)
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
