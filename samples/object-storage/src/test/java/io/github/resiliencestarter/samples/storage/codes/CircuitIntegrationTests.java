package io.github.resiliencestarter.samples.storage.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resiliencestarter.samples.storage.client.StoreMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitIntegrationTests extends StorageOutage {

    @Test
    void two_failed_attempts_are_one_failed_upload() {
        publish(1, StoreMode.UNREACHABLE);

        assertThat(requests()).isEqualTo(2);
        assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isOne();
    }

    @Test
    void four_failures_among_ten_uploads_are_tolerated() {
        publish(6, StoreMode.HEALTHY);
        publish(4, StoreMode.UNREACHABLE);

        assertThat(breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void five_failures_among_ten_uploads_open_the_circuit() {
        publish(5, StoreMode.HEALTHY);
        publish(4, StoreMode.UNREACHABLE);
        assertThat(breaker().getState()).isEqualTo(State.CLOSED);

        publish(1, StoreMode.UNREACHABLE);
        assertThat(breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void an_open_circuit_keeps_uploads_from_the_store() {
        breaker().transitionToOpenState();

        assertThat(failureOf(publish())).cause().isInstanceOf(CallNotPermittedException.class);
        assertThat(requests()).isZero();
        assertThat(failures("CallNotPermittedException")).isEqualTo(1);
    }

    @Test
    void three_successful_trials_close_the_circuit() {
        letTrialsThrough();

        publish(2, StoreMode.HEALTHY);
        assertThat(breaker().getState()).isEqualTo(State.HALF_OPEN);
        publish(1, StoreMode.HEALTHY);
        assertThat(breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void failed_trials_have_one_attempt_each_and_open_the_circuit_again() {
        letTrialsThrough();

        publish(3, StoreMode.UNREACHABLE);

        assertThat(requests()).isEqualTo(3);
        assertThat(breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void no_upload_beyond_the_three_trials_reaches_the_store() {
        letTrialsThrough();
        store.switchTo(StoreMode.STALLED);
        var trials = List.of(publish(), publish(), publish());
        await().until(() -> requests() == 3);

        assertThat(failureOf(publish())).cause().isInstanceOf(CallNotPermittedException.class);
        assertThat(requests()).isEqualTo(3);

        store.switchTo(StoreMode.HEALTHY);
        assertThat(trials).allSatisfy(trial -> assertThat(trial).succeedsWithin(PATIENCE));
        assertThat(breaker().getState()).isEqualTo(State.CLOSED);
    }

    /** What time does in production: the breaker has been open for long enough. */
    private void letTrialsThrough() {
        breaker().transitionToOpenState();
        breaker().transitionToHalfOpenState();
    }
}
