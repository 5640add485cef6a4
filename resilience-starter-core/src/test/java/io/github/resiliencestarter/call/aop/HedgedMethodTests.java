package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.WorkerRefusedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class HedgedMethodTests {

    static class Catalogue {
        private final AtomicInteger attempts = new AtomicInteger();
        private final CountDownLatch never = new CountDownLatch(1);

        @ResilientCall(name = "catalogue", idempotent = true)
        public String find(String id) throws InterruptedException {
            if (attempts.incrementAndGet() == 1) {
                never.await(1, TimeUnit.MINUTES);
            }
            return id + " of " + MDC.get("order") + " on "
                    + Thread.currentThread().getName();
        }
    }

    static class Undeclared {
        @ResilientCall("catalogue")
        public String find(String id) {
            return id;
        }
    }

    private final ApplicationContextRunner host = host().withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues("resilience.calls.catalogue.hedge.delay=20ms");

    @Test
    void the_hedge_of_a_method_answers_with_the_context_of_its_caller() {
        host.withBean(Catalogue.class).run(context -> {
            MDC.put("order", "4711");
            try {
                assertThat(context.getBean(Catalogue.class).find("book"))
                        .startsWith("book of 4711 on resilience-worker-");
            } finally {
                MDC.remove("order");
            }
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("resilience.call.hedges.started")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("resilience.call.hedges.won")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void under_a_transaction_it_is_refused() {
        host.withBean(Catalogue.class).run(context -> {
            Catalogue catalogue = context.getBean(Catalogue.class);
            TransactionSynchronizationManager.setActualTransactionActive(true);
            try {
                assertThatThrownBy(() -> catalogue.find("book"))
                        .isInstanceOf(WorkerRefusedException.class)
                        .hasMessageContaining("hedge");
            } finally {
                TransactionSynchronizationManager.setActualTransactionActive(false);
            }
        });
    }

    @Test
    void a_method_that_nobody_says_is_idempotent_stops_the_start() {
        host.withBean(Undeclared.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("Undeclared.find(String)")
                        .hasMessageContaining("a hedge calls the method twice"));
    }

    @Test
    void it_may_be_declared_in_the_configuration() {
        host.withBean(Undeclared.class)
                .withPropertyValues("resilience.calls.catalogue.idempotent=true")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
