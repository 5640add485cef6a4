package io.github.resiliencestarter.operations.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.UnparkedLetters;
import io.github.resiliencestarter.test.time.VirtualTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterGaugesTests {

    private final VirtualTime time = new VirtualTime();
    private final DeadLetterStore store = mock(DeadLetterStore.class);
    private final UnparkedLetters unparked = mock(UnparkedLetters.class);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<Runnable> background = new ArrayList<>();

    @BeforeEach
    void start() {
        when(store.groups(any())).thenReturn(List.of(group("orders", 3), group("orders", 4), group("invoices", 1)));
        when(store.oldestOpen(LetterFilter.ofSource("orders"))).thenReturn(Optional.of(time.now()));
        when(unparked.oldest()).thenReturn(Optional.of(time.now().minusSeconds(5)));
        new DeadLetterGauges(store, () -> List.of(unparked), time, background::add, () -> registry)
                .afterSingletonsInstantiated();
    }

    @Test
    void open_letters_are_counted_by_source_and_the_oldest_is_dated() {
        count();
        time.advance(Duration.ofSeconds(20));

        assertThat(gauge("resilience.deadletter.open", "orders")).isEqualTo(7);
        assertThat(gauge("resilience.deadletter.open", "invoices")).isEqualTo(1);
        assertThat(gauge("resilience.deadletter.oldest", "orders")).isEqualTo(20);
        assertThat(oldestUnparked()).isEqualTo(25);
    }

    @Test
    void who_reads_never_waits_and_the_store_is_asked_at_most_every_30_seconds() {
        assertThat(oldestUnparked()).isNaN();
        count();
        for (int i = 0; i < 100; i++) {
            gauge("resilience.deadletter.open", "orders");
        }
        assertThat(background).isEmpty();
        verify(store, times(1)).groups(any());

        time.advance(LetterCensus.PERIOD);
        gauge("resilience.deadletter.open", "orders");
        gauge("resilience.deadletter.open", "invoices");
        assertThat(background).hasSize(1);
    }

    @Test
    void while_the_database_is_down_nothing_is_claimed_and_the_broker_is_asked_all_the_same() {
        count();
        when(store.groups(any())).thenThrow(new IllegalStateException("database down"));
        later();

        assertThat(gauge("resilience.deadletter.open", "orders")).isNaN();
        assertThat(gauge("resilience.deadletter.oldest", "orders")).isNaN();
        assertThat(oldestUnparked()).isEqualTo(35);
    }

    @Test
    void a_source_whose_letters_are_dealt_with_is_0() {
        count();
        when(store.groups(any())).thenReturn(List.of());
        later();

        assertThat(gauge("resilience.deadletter.open", "orders")).isZero();
        assertThat(gauge("resilience.deadletter.oldest", "orders")).isZero();
    }

    @Test
    void letters_of_sources_beyond_the_most_are_counted_as_those_of_others() {
        List<LetterGroup> many = new ArrayList<>();
        for (int i = 0; i < Counters.MOST_VALUES + 100; i++) {
            many.add(group("reply-" + i, 2));
        }
        when(store.groups(any())).thenReturn(many);
        when(store.oldestOpen(any())).thenReturn(Optional.of(time.now()));
        count();
        time.advance(Duration.ofSeconds(7));

        assertThat(registry.find("resilience.deadletter.open").gauges()).hasSize(Counters.MOST_VALUES + 1);
        assertThat(gauge("resilience.deadletter.open", Counters.OTHER)).isEqualTo(200);
        assertThat(gauge("resilience.deadletter.oldest", Counters.OTHER)).isEqualTo(7);
    }

    @Test
    void a_source_that_has_gauges_keeps_its_age_however_many_others_there_are() {
        count();
        List<LetterGroup> many = new ArrayList<>(List.of(group("orders", 3)));
        for (int i = 0; i < 10_000; i++) {
            many.add(group("reply-" + i, 1));
        }
        when(store.groups(any())).thenReturn(many);
        time.advance(Duration.ofSeconds(30));
        gauge("resilience.deadletter.open", "orders");
        count();

        assertThat(gauge("resilience.deadletter.oldest", "orders")).isEqualTo(30);
    }

    @Test
    void a_database_that_hangs_holds_one_thread_and_nothing_is_claimed_meanwhile() {
        count();
        time.advance(LetterCensus.PERIOD);
        gauge("resilience.deadletter.open", "orders");
        assertThat(background).as("it counts").hasSize(1);

        time.advance(LetterCensus.PERIOD);

        assertThat(gauge("resilience.deadletter.open", "orders")).isNaN();
        assertThat(gauge("resilience.deadletter.oldest", "orders")).isNaN();
        assertThat(oldestUnparked()).isNaN();
        assertThat(background).as("it still does").hasSize(1);
        count();
        assertThat(gauge("resilience.deadletter.open", "orders")).isEqualTo(7);
        later();
        assertThat(gauge("resilience.deadletter.open", "orders")).isEqualTo(7);
    }

    private void later() {
        time.advance(LetterCensus.PERIOD);
        gauge("resilience.deadletter.open", "orders");
        count();
    }

    private void count() {
        List<Runnable> now = List.copyOf(background);
        background.clear();
        now.forEach(Runnable::run);
    }

    private double gauge(String name, String source) {
        return registry.get(name).tag("source", source).gauge().value();
    }

    private double oldestUnparked() {
        return registry.get("resilience.deadletter.unparked.oldest").gauge().value();
    }

    private static LetterGroup group(String source, long count) {
        return new LetterGroup(source, "abc" + count, "E", count, Instant.EPOCH, Instant.EPOCH);
    }
}
