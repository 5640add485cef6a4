package io.github.resiliencestarter.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AsyncRetryTests {

    private final AsyncRemote remote = new AsyncRemote();

    @Test
    void the_back_off_is_on_the_clock_and_blocks_no_thread() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3", "retry.backoff.delay=200ms");

        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.failsWith(new IOException());

        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.time.sleeps()).as("nobody sleeps").isEmpty();

        calls.time.advance(Duration.ofMillis(199));
        assertThat(remote.attempts()).isEqualTo(1);
        calls.time.advance(Duration.ofMillis(1));
        assertThat(remote.attempts()).isEqualTo(2);
        remote.answers();

        assertThat(answer).isCompletedWithValue("answer");
        assertThat(calls.pipeline().counts().of(Outcome.RECOVERED)).isEqualTo(1);
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(2);
    }

    @Test
    void a_cancelled_call_gives_up_its_back_off() {
        TestCalls calls = TestCalls.with("retry.max-attempts=3");

        CompletableFuture<String> answer = calls.remote().executeAsync(remote);
        remote.failsWith(new IOException());
        answer.cancel(true);
        calls.time.advance(Duration.ofMinutes(1));

        assertThat(remote.attempts()).isEqualTo(1);
        assertThat(calls.pipeline().counts().of(Outcome.CANCELLED)).isEqualTo(1);
        assertThat(calls.time.pending()).isZero();
    }
}
