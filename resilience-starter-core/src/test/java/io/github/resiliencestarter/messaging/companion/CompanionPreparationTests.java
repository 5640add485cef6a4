package io.github.resiliencestarter.messaging.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CompanionPreparationTests {

    private static final Problem PROBLEM = new Problem("topic orders", "it is gone", "Create it");

    private final Queue<Collection<String>> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private CompanionPreparation<String> preparation = of(wanted -> new CompanionFindings(), Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        preparation.stop();
    }

    @Test
    void what_is_complete_is_looked_at_once_and_before_the_start_returns() {
        preparation.start();

        assertThat(ready).containsExactly(List.of("orders"));
        assertThat(looks).hasValue(1);
    }

    @Test
    void what_would_lose_messages_stops_the_start() {
        preparation = of(wanted -> with(findings -> findings.errors().add(PROBLEM)), Duration.ofSeconds(10));

        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(preparation::start)
                .withMessage("topic orders: it is gone. Create it");
        assertThat(ready).isEmpty();
    }

    @Test
    void what_is_pending_is_looked_at_until_it_is_complete() {
        preparation = of(
                wanted -> with(findings -> {
                    if (looks.get() < 3) {
                        findings.pending().add(PROBLEM);
                    }
                }),
                Duration.ofSeconds(10));

        preparation.start();

        await().until(() -> !ready.isEmpty());
        assertThat(looks).hasValue(3);
    }

    @Test
    void a_broker_that_does_not_answer_in_time_does_not_keep_the_start() {
        CountDownLatch answer = new CountDownLatch(1);
        preparation = of(
                wanted -> {
                    try {
                        answer.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return new CompanionFindings();
                },
                Duration.ofMillis(20));

        preparation.start();

        assertThat(ready).isEmpty();
        answer.countDown();
        await().until(() -> !ready.isEmpty());
    }

    @Test
    void what_is_there_is_looked_at_again_when_it_may_be_gone() {
        preparation.again();
        assertThat(looks).hasValue(0);
        preparation.start();

        await().until(() -> {
            preparation.again();
            return looks.get() > 1;
        });
    }

    @Test
    void a_mistake_that_is_found_before_the_broker_is_asked_stops_the_start() {
        preparation = of(
                wanted -> {
                    throw new IllegalStateException("no name");
                },
                Duration.ofSeconds(10));

        assertThatIllegalStateException().isThrownBy(preparation::start).withMessage("no name");
    }

    private CompanionPreparation<String> of(Function<Collection<String>, CompanionFindings> broker, Duration patience) {
        return new CompanionPreparation<>(
                "topics",
                () -> List.of("orders"),
                wanted -> {
                    looks.incrementAndGet();
                    return broker.apply(wanted);
                },
                ready::add,
                patience,
                Duration.ofMillis(1));
    }

    private static CompanionFindings with(Consumer<CompanionFindings> what) {
        CompanionFindings findings = new CompanionFindings();
        what.accept(findings);
        return findings;
    }
}
