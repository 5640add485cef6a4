package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesAsideTests {

    private final VirtualTime time = new VirtualTime();
    private final List<String> back = new ArrayList<>();
    private final MessagesAside aside = new MessagesAside(new AsideParts(2, time, Runnable::run));

    @Test
    void each_comes_back_when_it_is_due() {
        place().comeBackIn(Duration.ofSeconds(2).toNanos(), () -> back.add("late"));
        place().comeBackIn(Duration.ofSeconds(1).toNanos(), () -> back.add("soon"));
        time.advance(Duration.ofSeconds(1));
        assertThat(back).containsExactly("soon");
        time.advance(Duration.ofSeconds(1));
        assertThat(back).containsExactly("soon", "late");
    }

    @Test
    void there_is_room_for_so_many_until_one_leaves() {
        MessagesAside.Place first = place();
        place();
        assertThat(aside.enter(() -> false)).isNull();
        first.leave();
        assertThat(aside.enter(() -> false)).isNotNull();
    }

    @Test
    void when_the_channel_is_closed_none_comes_back() {
        place().comeBackIn(Duration.ofSeconds(1).toNanos(), () -> back.add("before"));
        aside.close();
        place().comeBackIn(Duration.ofSeconds(1).toNanos(), () -> back.add("after"));
        assertThat(aside.size()).isZero();
        time.advance(Duration.ofSeconds(2));
        assertThat(back).isEmpty();
    }

    private MessagesAside.Place place() {
        MessagesAside.Place place = aside.enter(() -> true);
        assertThat(place).isNotNull();
        return place;
    }
}
