package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessEndTests {

    @ParameterizedTest
    @CsvSource({
        "4637 (postgres) S 1 4637, false",
        "4637 (postgres) D 1 4637, false",
        "4637 (postgres) Z 1 4637, true",
        "4637 (a) Z name) R 1 4637, false"
    })
    void a_process_has_ended_when_only_its_number_is_left(String status, boolean ended) {
        assertThat(ProcessEnd.isOver(status)).isEqualTo(ended);
    }

    @Test
    void the_end_of_a_process_that_runs_has_not_come() {
        assertThat(ProcessEnd.hasCome(ProcessHandle.current())).isFalse();
    }

    @Test
    void the_end_of_a_process_that_was_killed_comes() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "60").start();
        process.destroyForcibly().waitFor();
        assertThat(ProcessEnd.hasCome(process.toHandle())).isTrue();
    }
}
