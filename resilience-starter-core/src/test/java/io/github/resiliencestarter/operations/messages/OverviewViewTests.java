package io.github.resiliencestarter.operations.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverviewViewTests {

    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    @Test
    void no_letter_is_younger_than_now_where_the_clock_of_the_database_is_ahead() {
        DeadLetterStore store = mock(DeadLetterStore.class);
        when(store.oldestOpen(any())).thenReturn(Optional.of(NOW.plusSeconds(300)));

        assertThat(new OverviewView(store, Clock.fixed(NOW, ZoneOffset.UTC)).view())
                .containsEntry("oldestOpenSeconds", 0L);
    }
}
