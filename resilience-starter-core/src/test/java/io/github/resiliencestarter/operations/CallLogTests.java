package io.github.resiliencestarter.operations;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.operations.Remote.InvalidCard;
import io.github.resiliencestarter.operations.Remote.StorageException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;

class CallLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.resiliencestarter.call");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void a_success_says_nothing() {
        run(context -> context.getBean(Remote.class).plain());
        assertThat(log.list).isEmpty();
    }

    @Test
    void a_failed_call_is_one_error_with_its_original_exception() {
        run(context -> {
            context.getBean(Remote.class).failsTimes(9);
            assertThatThrownBy(context.getBean(Remote.class)::plain).isInstanceOf(IOException.class);
        });
        ILoggingEvent error = only(Level.ERROR);
        assertThat(error.getLoggerName()).isEqualTo("io.github.resiliencestarter.call.plain");
        assertThat(error.getFormattedMessage())
                .startsWith("Call 'plain' failed after 3 attempts in ")
                .endsWith(" ms: exception (IOException), outcome unknown");
        assertThat(thrown(error)).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void each_retry_is_a_debug_line_with_attempt_and_delay_and_exception() {
        run(context -> {
            context.getBean(Remote.class).failsTimes(2);
            context.getBean(Remote.class).plain();
        });
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("Call 'plain': attempt 1 failed (unknown), the next one starts in 1 ms"),
                        second -> assertThat(second)
                                .isEqualTo("Call 'plain': attempt 2 failed (unknown), the next one starts in 1 ms"),
                        recovered -> assertThat(recovered).startsWith("Call 'plain' succeeded in attempt 3, after "));
        assertThat(thrown(log.list.get(0))).isInstanceOf(IOException.class);
    }

    @Test
    void a_failure_that_the_fallback_answered_is_still_an_error_and_says_so() {
        run(context -> {
            context.getBean(Remote.class).failsTimes(9);
            context.getBean(Remote.class).guarded();
        });
        ILoggingEvent error = only(Level.ERROR);
        assertThat(error.getFormattedMessage()).endsWith("; answered by its fallback");
        assertThat(thrown(error)).isInstanceOf(IOException.class);
    }

    @Test
    void a_wrapped_failure_is_logged_with_the_original_exception_and_the_name_of_the_wrapper() {
        run(context -> {
            context.getBean(Remote.class).failsTimes(9);
            assertThatThrownBy(context.getBean(Remote.class)::wrapped).isInstanceOf(StorageException.class);
        });
        ILoggingEvent error = only(Level.ERROR);
        assertThat(error.getFormattedMessage()).endsWith("; callers see StorageException");
        assertThat(thrown(error)).isInstanceOf(IOException.class);
    }

    @Test
    void a_rejection_is_one_warning_without_a_stack_trace() {
        run(context -> {
            open(context, "plain");
            assertThatThrownBy(context.getBean(Remote.class)::plain).isInstanceOf(CallNotPermittedException.class);
        });
        ILoggingEvent warning = only(Level.WARN);
        assertThat(warning.getFormattedMessage()).isEqualTo("Call 'plain' was rejected: circuit-open");
        assertThat(warning.getThrowableProxy()).isNull();
    }

    @Test
    void a_rejection_that_the_fallback_answered_is_a_warning_that_says_so() {
        run(context -> {
            open(context, "guarded");
            context.getBean(Remote.class).guarded();
        });
        assertThat(only(Level.WARN).getFormattedMessage())
                .isEqualTo("Call 'guarded' was rejected: circuit-open; answered by its fallback");
    }

    @Test
    void a_business_exception_is_a_debug_line_with_its_type_only() {
        run(context -> {
            context.getBean(Remote.class).throwsAlways(new InvalidCard());
            assertThatThrownBy(context.getBean(Remote.class)::plain).isInstanceOf(InvalidCard.class);
        });
        assertThat(only(Level.DEBUG).getFormattedMessage()).isEqualTo("Call 'plain' was answered with InvalidCard");
    }

    @Test
    void what_the_remote_said_is_in_no_message() {
        run(context -> {
            context.getBean(Remote.class).failsTimes(9);
            assertThatThrownBy(context.getBean(Remote.class)::plain).hasMessage("secret of the remote");
        });
        assertThat(log.list)
                .isNotEmpty()
                .noneMatch(event -> event.getFormattedMessage().contains("secret"));
    }

    private static void run(ContextConsumer<ApplicationContext> test) {
        ApplicationContextRunner runner = host().withBean(Remote.class)
                .withPropertyValues(
                        "resilience.defaults.retry.backoff.delay=1ms",
                        "resilience.defaults.retry.backoff.multiplier=1",
                        "resilience.defaults.retry.backoff.jitter=0",
                        "resilience.defaults.business-exceptions=" + InvalidCard.class.getName());
        runner.run(context -> test.accept(context));
    }

    private static void open(ApplicationContext context, String call) {
        context.getBean(CircuitBreakerRegistry.class).circuitBreaker(call).transitionToOpenState();
    }

    /** The only line that is not about a retry or about the circuit breaker. */
    private ILoggingEvent only(Level level) {
        var lines = log.list.stream()
                .filter(event -> !event.getFormattedMessage().contains("attempt 1 failed")
                        && !event.getFormattedMessage().contains("attempt 2 failed")
                        && !event.getFormattedMessage().contains("circuit breaker"))
                .toList();
        assertThat(lines).extracting(ILoggingEvent::getLevel).containsExactly(level);
        return lines.get(0);
    }

    private static Throwable thrown(ILoggingEvent event) {
        return ((ThrowableProxy) event.getThrowableProxy()).getThrowable();
    }
}
