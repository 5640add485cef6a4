package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.MessageListenerContainer;

class PatienceTests {

    private final MessageListenerContainer container = mock();
    private final Patience patience = new Patience(container, Duration.ofSeconds(1));

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void without_a_guard_nobody_knows_the_time_so_there_is_no_waiting() {
        when(container.isRunning()).thenReturn(true);
        assertThat(patience.waits(null, 0, 0)).isTrue();
        assertThat(patience.waits(null, 1, 0)).isFalse();
    }

    @Test
    void a_container_that_stops_does_not_wait() {
        when(container.isRunning()).thenReturn(false);
        assertThat(patience.waits(null, 0, 0)).isFalse();
    }

    @Test
    void an_interrupted_thread_does_not_wait_and_stays_interrupted() {
        when(container.isRunning()).thenReturn(true);
        Thread.currentThread().interrupt();
        assertThat(patience.waits(null, 0, 0)).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
