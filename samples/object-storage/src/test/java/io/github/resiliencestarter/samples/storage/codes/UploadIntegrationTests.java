package io.github.resiliencestarter.samples.storage.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.samples.storage.client.StorageClientException;
import io.github.resiliencestarter.samples.storage.client.StoreMode;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UploadIntegrationTests extends StorageOutage {

    @Test
    void a_code_is_stored_by_one_request() {
        assertThat(publish()).succeedsWithin(PATIENCE).asString().startsWith("https://objects.example/");
        assertThat(requests()).isOne();
    }

    @Test
    void the_caller_does_not_wait_for_a_slow_store() {
        store.switchTo(StoreMode.STALLED);
        CompletableFuture<String> upload = publish();
        assertThat(upload).isNotDone();

        store.switchTo(StoreMode.HEALTHY);
        assertThat(upload).succeedsWithin(PATIENCE);
    }

    @Test
    void a_store_that_fails_once_is_asked_again_and_nobody_notices() {
        store.switchTo(StoreMode.UNREACHABLE, 1);

        assertThat(publish()).succeedsWithin(PATIENCE);
        assertThat(requests()).isEqualTo(2);
        assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isZero();
        assertThat(failures("ConnectException")).isZero();
    }

    @Test
    void an_io_exception_is_retried_and_then_wrapped_as_it_was() {
        store.switchTo(StoreMode.UNREACHABLE);

        assertThat(failureOf(publish())).cause().isExactlyInstanceOf(ConnectException.class);
        assertThat(requests()).isEqualTo(2);
        assertThat(failures("ConnectException")).isEqualTo(1);
    }

    @Test
    void an_exception_of_the_client_is_retried_and_then_wrapped_as_it_was() {
        store.switchTo(StoreMode.FAILING);

        assertThat(failureOf(publish())).cause().isExactlyInstanceOf(StorageClientException.class);
        assertThat(requests()).isEqualTo(2);
        assertThat(failures("StorageClientException")).isEqualTo(1);
    }

    @Test
    void a_programming_error_is_not_retried_but_wrapped_too() {
        store.switchTo(StoreMode.REFUSING);

        assertThat(failureOf(publish())).cause().isExactlyInstanceOf(IllegalArgumentException.class);
        assertThat(requests()).isOne();
        assertThat(failures("IllegalArgumentException")).isEqualTo(1);
    }

    @Test
    void the_exception_of_the_first_attempt_is_suppressed_in_that_of_the_last() {
        store.switchTo(StoreMode.UNREACHABLE);

        assertThat(failureOf(publish()).getCause().getSuppressed())
                .singleElement()
                .isExactlyInstanceOf(ConnectException.class);
    }
}
