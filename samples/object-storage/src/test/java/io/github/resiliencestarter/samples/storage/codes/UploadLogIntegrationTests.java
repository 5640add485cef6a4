package io.github.resiliencestarter.samples.storage.codes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resiliencestarter.samples.storage.client.StoreMode;
import java.net.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UploadLogIntegrationTests extends StorageOutage {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.resiliencestarter.call.oracleStorage");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void a_failed_upload_is_one_error_with_the_original_exception() {
        publish(1, StoreMode.UNREACHABLE);

        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage()).startsWith("Call 'oracleStorage' failed after 2 attempts");
            assertThat(line.getThrowableProxy().getClassName()).isEqualTo(ConnectException.class.getName());
        });
    }

    @Test
    void a_rejected_upload_is_one_warning_without_a_stack_trace() {
        breaker().transitionToOpenState();
        log.list.clear();

        publish(1, StoreMode.HEALTHY);

        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).startsWith("Call 'oracleStorage' was rejected: circuit-open");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void an_upload_that_is_stored_in_the_end_is_not_worth_a_line() {
        store.switchTo(StoreMode.UNREACHABLE, 1);
        publish().join();

        assertThat(log.list).isEmpty();
    }
}
