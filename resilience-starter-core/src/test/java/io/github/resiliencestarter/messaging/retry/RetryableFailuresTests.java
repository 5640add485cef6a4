package io.github.resiliencestarter.messaging.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AttemptTimeoutException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryableFailuresTests {

    private static final List<Class<? extends Throwable>> NONE = List.of();

    private final RetryableFailures standard = new RetryableFailures(NONE, NONE, List.of(NumberFormatException.class));

    @Test
    void without_a_list_all_is_tried_again_but_programming_errors() {
        assertThat(standard).accepts(new IOException(), new IllegalStateException(), new Exception());
        assertThat(standard)
                .rejects(
                        new NullPointerException(),
                        new IllegalArgumentException(),
                        new ClassCastException(),
                        new IndexOutOfBoundsException(),
                        new UnsupportedOperationException(),
                        new NoSuchMethodException());
    }

    @Test
    void what_the_broker_knows_to_be_in_vain_is_not() {
        RetryableFailures failures = new RetryableFailures(NONE, NONE, List.of(IOException.class));
        assertThat(failures).rejects(new IOException()).accepts(new IllegalStateException());
    }

    @Test
    void causes_count_as_well() {
        assertThat(standard).rejects(new RuntimeException(new RuntimeException(new NullPointerException())));
        RetryableFailures listed = new RetryableFailures(List.of(IOException.class), NONE, NONE);
        assertThat(listed).accepts(new UncheckedIOException(new FileNotFoundException()));
        assertThat(listed).rejects(new IllegalStateException());
        RetryableFailures ignoring = new RetryableFailures(NONE, List.of(IOException.class), NONE);
        assertThat(ignoring).rejects(new UncheckedIOException(new FileNotFoundException()));
    }

    @Test
    void what_is_listed_is_tried_again_even_if_it_is_a_programming_error() {
        RetryableFailures listed = new RetryableFailures(List.of(IllegalArgumentException.class), NONE, NONE);
        assertThat(listed).accepts(new NumberFormatException());
    }

    @Test
    void what_is_ignored_is_not_even_if_it_is_listed() {
        RetryableFailures both =
                new RetryableFailures(List.of(IOException.class), List.of(FileNotFoundException.class), NONE);
        assertThat(both).accepts(new IOException()).rejects(new FileNotFoundException());
    }

    @Test
    void an_error_is_never_tried_again() {
        RetryableFailures listed = new RetryableFailures(List.of(Error.class, Exception.class), NONE, NONE);
        assertThat(listed).rejects(new AssertionError(), new RuntimeException(new StackOverflowError()));
    }

    @Test
    void a_timeout_is_tried_again_listed_or_not() {
        RetryableFailures listed = new RetryableFailures(List.of(IOException.class), NONE, NONE);
        assertThat(listed).accepts(new RuntimeException(timeout()));
    }

    @Test
    void causes_may_be_a_circle() {
        RuntimeException one = new RuntimeException();
        RuntimeException other = new RuntimeException(one);
        one.initCause(other);
        assertThat(standard).accepts(one);
    }

    private static AttemptTimeoutException timeout() {
        return org.mockito.Mockito.mock(AttemptTimeoutException.class);
    }
}
