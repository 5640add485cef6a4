package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.NoWorkerAvailableException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.WorkerRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.util.AopTestUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionAndWorkerTests {

    static class Orders {
        final List<Boolean> inTransaction = new ArrayList<>();
        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional(rollbackFor = Exception.class)
        @ResilientCall(name = "orders", idempotent = true)
        public void place() throws IOException {
            inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
            jdbc.update("insert into orders values (?)", inTransaction.size());
            if (inTransaction.size() < 3) {
                throw new IOException();
            }
        }
    }

    static class Worker {
        final AtomicReference<Thread> thread = new AtomicReference<>();
        final AtomicReference<String> mdc = new AtomicReference<>();
        final CountDownLatch never = new CountDownLatch(1);

        @ResilientCall(name = "worker", idempotent = true)
        public String call() {
            thread.set(Thread.currentThread());
            mdc.set(MDC.get("order"));
            return "answer";
        }

        @ResilientCall(name = "deaf", idempotent = true)
        public String ignoreInterrupts() {
            boolean done = false;
            while (!done) {
                try {
                    done = never.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException ignored) {
                    // as some clients do
                }
            }
            return "too late";
        }
    }

    @Aspect
    static class Audit {
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Before("execution(* io.github.resiliencestarter.call.aop.TransactionAndWorkerTests.Worker.call())")
        public void before() {
            seen.add(Thread.currentThread().getName());
        }
    }

    private final ApplicationContextRunner host = host().withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.generate-unique-name=true",
                    "resilience.defaults.retry.backoff.delay=0",
                    "resilience.calls.worker.timeout.per-attempt=10s",
                    "resilience.calls.worker.timeout.runs-on=worker",
                    "resilience.calls.deaf.timeout.per-attempt=50ms",
                    "resilience.calls.deaf.timeout.runs-on=worker",
                    "resilience.calls.deaf.retry.max-attempts=1")
            .withBean(Orders.class)
            .withBean(Worker.class);

    /** The bean behind its proxy, which has no fields of its own. */
    private static <T> T target(T proxy) {
        return AopTestUtils.getTargetObject(proxy);
    }

    @Test
    void each_attempt_runs_on_a_fresh_invocation_and_gets_its_own_transaction() {
        host.run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("create table orders (id int)");
            Orders orders = context.getBean(Orders.class);

            orders.place();

            assertThat(target(orders).inTransaction).containsExactly(true, true, true);
            assertThat(jdbc.queryForList("select id from orders", Integer.class))
                    .as("the failed attempts were rolled back, the last one was committed")
                    .containsExactly(3);
        });
    }

    @Test
    void on_a_worker_the_context_of_the_caller_is_bound() {
        host.run(context -> {
            Worker worker = context.getBean(Worker.class);
            MDC.put("order", "4711");
            try {
                assertThat(worker.call()).isEqualTo("answer");
            } finally {
                MDC.remove("order");
            }
            assertThat(target(worker).thread.get().getName()).startsWith("resilience-worker-");
            assertThat(target(worker).mdc).hasValue("4711");
        });
    }

    @Test
    void on_a_worker_control_returns_even_if_the_code_ignores_interrupts() {
        host.run(context -> {
            Worker worker = context.getBean(Worker.class);
            assertThatThrownBy(worker::ignoreInterrupts).isInstanceOf(AttemptTimeoutException.class);
            target(worker).never.countDown();
        });
    }

    @Test
    void a_worker_is_refused_under_an_active_transaction_with_the_property_and_the_remedy() {
        host.run(context -> {
            TransactionTemplate transaction =
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            Worker worker = context.getBean(Worker.class);
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> worker.call()))
                    .isInstanceOf(WorkerRefusedException.class)
                    .hasMessageContaining("resilience.calls.worker.timeout.runs-on: caller");
            assertThat(target(worker).thread).hasValue(null);
        });
    }

    @Test
    void when_all_workers_are_taken_the_call_is_rejected_and_not_retried() {
        host.withPropertyValues("resilience.workers.max-threads=1").run(context -> {
            Worker worker = context.getBean(Worker.class);
            assertThatThrownBy(worker::ignoreInterrupts).isInstanceOf(AttemptTimeoutException.class);
            assertThatThrownBy(worker::call)
                    .isInstanceOf(NoWorkerAvailableException.class)
                    .hasMessageContaining("resilience.workers.max-threads");
            target(worker).never.countDown();
        });
    }

    @Test
    void aspectj_advice_further_inside_works_on_a_worker_thread() {
        host.withBean(Audit.class).run(context -> {
            assertThat(context.getBean(Worker.class).call()).isEqualTo("answer");
            assertThat(context.getBean(Audit.class).seen)
                    .singleElement()
                    .asString()
                    .startsWith("resilience-worker-");
        });
    }
}
