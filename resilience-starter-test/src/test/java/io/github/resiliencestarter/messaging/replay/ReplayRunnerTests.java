package io.github.resiliencestarter.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;

/** The thread that replays: what ends it, and that there is one. */
class ReplayRunnerTests {

    private final Plant plant = new Plant();
    private final List<Thread> claiming = new CopyOnWriteArrayList<>();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(ReplayRunner.class.getPackageName());
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getLevel() + " " + event.getFormattedMessage() + " "
                    + event.getThrowableProxy().getMessage());
        }
    };
    private ReplayRunner runner = plant.instance("one");

    @BeforeEach
    void listen() {
        appender.start();
        log.setLevel(Level.WARN);
        log.addAppender(appender);
    }

    @AfterEach
    void stop() {
        log.detachAppender(appender);
        log.setLevel(null);
        answer.countDown();
        runner.stop();
    }

    /** A runner whose store fails or hangs when replays are claimed; what it does is told the number of the claim. */
    private ReplayRunner runner(IntConsumer onClaim) {
        ReplayStore jobs = wrap(ReplayStore.class, plant.jobs, "claim", () -> {
            claiming.add(Thread.currentThread());
            onClaim.accept(claiming.size());
        });
        ReplayParts parts = new ReplayParts(
                plant.letters,
                jobs,
                () -> List.of(plant.consumer),
                new MessageObserver() {},
                LetterTraces.NONE,
                plant.time,
                ReplayProperties.DEFAULTS,
                "one");
        return new ReplayRunner(parts, new ReplaySchedules(List.of(), plant.letters, plant.jobs, plant.time.clock()));
    }

    private static <T> T wrap(Class<T> type, T store, String before, Runnable effect) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals(before)) {
                effect.run();
            }
            try {
                return method.invoke(store, args);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }));
    }

    @Test
    void an_error_is_logged_and_tried_again_later() {
        runner = runner(claim -> {
            if (claim == 1) {
                throw new NoClassDefFoundError("com/acme/Gone");
            }
        });

        runner.start();
        await().until(() -> !logged.isEmpty());
        assertThat(logged.get(0)).startsWith("WARN").endsWith("com/acme/Gone");
        runner.wake();

        await().until(() -> claiming.size() > 1);
        assertThat(runner.isRunning()).isTrue();
    }

    @Test
    void an_error_of_the_machine_ends_it_with_an_error_in_the_log_until_it_is_started_again() {
        runner = runner(claim -> {
            if (claim == 1) {
                throw new StackOverflowError("too deep");
            }
        });

        runner.start();
        await().until(() -> !runner.isRunning());

        await().until(() -> !logged.isEmpty());
        assertThat(logged.get(0))
                .startsWith("ERROR This instance runs no replays any more")
                .endsWith("too deep");

        runner.start();
        await().until(() -> claiming.size() > 1);
        assertThat(runner.isRunning()).isTrue();
    }

    @Test
    void a_thread_that_hung_when_it_was_stopped_does_not_go_on_beside_the_next_one() {
        runner = runner(claim -> {
            if (claim == 1) {
                hang();
            }
        });
        runner.start();
        await().until(() -> claiming.size() == 1);

        Thread.currentThread().interrupt(); // so that nobody waits for it
        runner.stop();
        assertThat(Thread.interrupted()).isTrue();
        runner.start();
        await().until(() -> claiming.size() > 1);
        answer.countDown();

        await().until(() -> !claiming.get(0).isAlive());
        assertThat(claiming.get(1).isAlive()).isTrue();
    }

    private void hang() {
        boolean answered = false;
        while (!answered) {
            try {
                answer.await();
                answered = true;
            } catch (InterruptedException notYet) {
                // It hangs where nobody listens to interrupts.
            }
        }
    }

    @Test
    void an_error_of_a_schedule_does_not_keep_a_replay_from_going_on() {
        DeadLetterStore broken = wrap(DeadLetterStore.class, plant.letters, "count", () -> {
            throw new NoClassDefFoundError("com/acme/Gone");
        });
        ReplayRequest request = ReplayProperties.DEFAULTS.request(LetterFilter.ALL, "test", null);
        ReplaySchedule hourly =
                new ReplaySchedule("hourly", CronExpression.parse("0 0 * * * *"), ZoneOffset.UTC, request, null);
        ReplaySchedules schedules = new ReplaySchedules(List.of(hourly), broken, plant.jobs, plant.time.clock());

        plant.time.advance(Duration.ofHours(1));
        schedules.startDue();

        assertThat(logged)
                .singleElement()
                .asString()
                .contains("The replay that schedule 'hourly' has at", "com/acme/Gone");
    }
}
