package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.springboot3.bulkhead.autoconfigure.ThreadPoolBulkheadMetricsAutoConfiguration;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.WorkerRefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class ThreadPoolHostTests {

    static class Reports {
        @ResilientCall("reports")
        public Thread render(AtomicReference<String> mdc) {
            mdc.set(MDC.get("order"));
            return Thread.currentThread();
        }
    }

    private final ApplicationContextRunner host = host().withBean(Reports.class)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withConfiguration(AutoConfigurations.of(ThreadPoolBulkheadMetricsAutoConfiguration.class))
            .withPropertyValues(
                    "resilience4j.thread-pool-bulkhead.instances.reports.max-thread-pool-size=3",
                    "resilience4j.thread-pool-bulkhead.instances.reports.core-thread-pool-size=1",
                    "resilience.calls.reports.thread-pool-bulkhead.max-thread-pool-size=2");

    @Test
    void the_context_of_the_caller_is_bound_on_the_pool() {
        host.run(context -> {
            AtomicReference<String> mdc = new AtomicReference<>();
            MDC.put("order", "4711");
            try {
                assertThat(context.getBean(Reports.class).render(mdc).getName()).startsWith("bulkhead-reports");
            } finally {
                MDC.remove("order");
            }
            assertThat(mdc).hasValue("4711");
        });
    }

    @Test
    void under_a_transaction_it_is_refused() {
        host.run(context -> {
            Reports reports = context.getBean(Reports.class);
            TransactionSynchronizationManager.setActualTransactionActive(true);
            try {
                assertThatThrownBy(() -> reports.render(new AtomicReference<>()))
                        .isInstanceOf(WorkerRefusedException.class)
                        .hasMessageContaining("thread-pool-bulkhead");
            } finally {
                TransactionSynchronizationManager.setActualTransactionActive(false);
            }
        });
    }

    @Test
    void resilience4js_meters_see_the_pool_that_is_used() {
        host.run(context -> {
            context.getBean(Reports.class).render(new AtomicReference<>());
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("resilience4j.bulkhead.max.thread.pool.size")
                            .tag("name", "reports")
                            .gauge()
                            .value())
                    .isEqualTo(2);
            assertThat(meters.get("resilience4j.bulkhead.thread.pool.size")
                            .tag("name", "reports")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        });
    }

    @Test
    void its_threads_end_with_the_application() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        host.run(context -> thread.set(context.getBean(Reports.class).render(new AtomicReference<>())));
        await().untilAsserted(() -> assertThat(thread.get().isAlive()).isFalse());
    }
}
