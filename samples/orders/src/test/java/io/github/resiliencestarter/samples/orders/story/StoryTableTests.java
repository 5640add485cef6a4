package io.github.resiliencestarter.samples.orders.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTableTests {

    @Test
    void an_act_is_a_row_of_markdown() {
        StoryTable table = new StoryTable(List.of(new Act("a bug", 200, 160, 45, 160, Duration.ofMillis(1_340))));

        assertThat(table.toString().lines())
                .hasSize(3)
                .last()
                .isEqualTo("| a bug              |   200 |       160 |           45 |                160 |  1.3 s |");
    }
}
