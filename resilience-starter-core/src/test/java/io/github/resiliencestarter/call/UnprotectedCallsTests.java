package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AsyncRemote;
import io.github.resiliencestarter.ProtectedCall;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnprotectedCallsTests {

    private final ProtectedCall call = new UnprotectedCalls().call("remote");
    private final AsyncRemote remote = new AsyncRemote();

    @Test
    void whoever_gives_up_a_call_that_answers_later_cancels_its_attempt_here_too() {
        CompletableFuture<String> answer = call.executeAsync(remote);
        answer.cancel(true);
        assertThat(remote.attempt()).isCancelled();
    }

    @Test
    void an_answer_is_handed_on() {
        CompletableFuture<String> answer = call.executeAsync(remote);
        remote.answers();
        assertThat(answer).isCompletedWithValue("answer");
        assertThat(remote.attempt()).isCompletedWithValue("answer");
    }

    @Test
    void whatever_the_body_throws_at_once_is_in_the_future() {
        StackOverflowError error = new StackOverflowError();
        CompletableFuture<String> answer = call.executeAsync(() -> {
            throw error;
        });
        assertThat(failureOf(answer)).isSameAs(error);
    }
}
