package io.github.resiliencestarter.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.LastKnownGood;
import io.github.resiliencestarter.TestCalls;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is kept of answers, for how long, and what is said where none can be kept. */
@ExtendWith(OutputCaptureExtension.class)
class LastKnownGoodMemoryTests {

    private final TestCalls calls = TestCalls.with("last-known-good.max-stale=10m", "retry.enabled=false");
    private final AnswerMemory memory =
            CallParts.required(calls.pipeline().answers()).of("test");

    @Test
    void what_may_no_longer_answer_is_dropped_when_others_are_kept() {
        for (int i = 0; i < 100; i++) {
            memory.remember(CallKey.of(null, i), "answer");
        }
        calls.time.advance(Duration.ofMinutes(11));
        memory.remember(CallKey.of(null, "young"), "answer");
        memory.remember(CallKey.of(null, "younger"), "answer");
        assertThat(memory.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void an_answer_that_is_replaced_within_a_second_is_as_old_as_the_new_one() {
        CallKey key = CallKey.of(null, "EUR");
        memory.remember(key, "old");
        calls.time.advance(Duration.ofMillis(900));
        memory.remember(key, "new");
        calls.time.advance(Duration.ofMinutes(10));
        assertThat(memory.find(key)).isEqualTo(new LastKnownGood("new", Duration.ofMinutes(10)));
    }

    @Test
    void what_is_forgotten_does_not_answer() {
        CallKey key = CallKey.of(null, "EUR");
        memory.remember(key, "answer");
        calls.pipeline().forget();
        assertThat(memory.find(key)).isNull();
    }

    @Test
    void arguments_that_cannot_be_compared_are_warned_of_once(CapturedOutput output) throws Throwable {
        for (int i = 0; i < 3; i++) {
            assertThat(calls.pipeline().run(incomparable())).isEqualTo("answer");
        }
        assertThat(output.toString().lines().filter(line -> line.contains("last-known-good")))
                .singleElement()
                .asString()
                .contains("WARN", "Call 'remote'", "last-known-good.enabled: false");
    }

    private Execution incomparable() {
        return new Execution() {
            @Override
            public String call() {
                return "remote";
            }

            @Override
            protected Object attempt() {
                return "answer";
            }

            @Override
            protected AnswerMemory memory() {
                return memory;
            }

            @Override
            protected CallKey key() {
                throw new IllegalStateException("a proxy without a session");
            }
        };
    }
}
