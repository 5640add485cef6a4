package io.github.resiliencestarter.samples.payment.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTests {

    private final Table table = new Table("act", "mean");

    @Test
    void plain_text_is_aligned() {
        table.add("unprotected", "1.2 s");
        table.add("full", "3 ms");

        assertThat(table.text()).isEqualTo("""
                act          mean
                -----------  -----
                unprotected  1.2 s
                full         3 ms
                """);
    }

    @Test
    void markdown_has_the_same_rows() {
        table.add("full", "3 ms");

        assertThat(table.markdown()).isEqualTo("""
                | act  | mean |
                | ---- | ---- |
                | full | 3 ms |
                """);
    }

    @Test
    void a_row_that_does_not_fit_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.add("full"))
                .withMessage("1 cells under 2 headings");
    }
}
