package io.github.resiliencestarter.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ServerTests {

    private final Timeline time = new Timeline();
    private final Model model = new Model(
            1,
            1,
            1,
            Duration.ofMillis(50),
            2,
            Duration.ZERO,
            Duration.ofSeconds(1),
            0.5,
            0.5,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(10));
    private final Server server = new Server(time, model, new SplittableRandom(1));
    private final List<String> answered = new ArrayList<>();

    @Test
    void requests_are_answered_in_the_order_in_which_they_came() {
        server.accept(request("first", true));
        server.accept(request("second", true));
        server.accept(request("third", true));
        time.run(model.end());

        assertThat(answered).containsExactly("first", "second", "third");
    }

    @Test
    void a_full_queue_takes_no_more() {
        assertThat(List.of("working", "waiting", "waiting too"))
                .allSatisfy(
                        name -> assertThat(server.accept(request(name, true))).isTrue());
        assertThat(server.accept(request("too much", true))).isFalse();
    }

    @Test
    void work_for_those_who_have_gone_is_done_all_the_same_and_counted() {
        server.accept(request("gone", false));
        server.accept(request("here", true));
        time.run(model.end());

        assertThat(server.done()).isEqualTo(2);
        assertThat(server.wasted()).isOne();
    }

    private Server.Request request(String name, boolean waitedFor) {
        return () -> {
            answered.add(name);
            return waitedFor;
        };
    }
}
