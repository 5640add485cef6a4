package io.github.resiliencestarter.operations.messages;

import static io.github.resiliencestarter.messaging.SampleLetters.letter;
import static io.github.resiliencestarter.messaging.SampleLetters.pause;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MessageLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(MessageLog.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final VirtualTime time = new VirtualTime();
    private final MessageLog log = new MessageLog(time);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void a_letter_that_nobody_takes_is_an_error_once_a_minute_with_the_number_of_the_others() {
        for (int i = 0; i < 100; i++) {
            log.undeliverable(letter("orders", 7), new IOException("broker down"));
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("broker down");
        });

        time.advance(Duration.ofMinutes(1));
        log.undeliverable(letter("orders", 7), new IOException("broker down"));
        assertThat(lines.list.get(1).getFormattedMessage()).contains("99 others");
    }

    @Test
    void dead_letters_of_one_cause_are_one_warning_a_minute() {
        for (int i = 0; i < 100; i++) {
            log.deadLettered(letter("orders", i));
        }
        log.deadLettered(letter("orders", 7, new IOException(), 0, null));
        assertThat(lines.list).hasSize(2).allMatch(line -> line.getLevel() == Level.WARN);
    }

    @Test
    void a_pause_is_a_warning_and_its_end_is_not() {
        log.paused(pause(Pause.Reason.OPEN_CIRCUIT));
        log.resumed(pause(Pause.Reason.OPEN_CIRCUIT));
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
        assertThat(lines.list.get(0).getFormattedMessage())
                .isEqualTo("Listener 'orderListener' takes no messages of 'orders': open-circuit (gateway)");
    }

    @Test
    void nothing_of_a_message_is_in_the_log() {
        logger.setLevel(Level.DEBUG);
        log.deadLettered(letter("orders", 7));
        log.undeliverable(letter("orders", 7), new IOException("broker down"));
        assertThat(lines.list.toString()).doesNotContain("payload 7", "secret", "card 4111");
    }
}
