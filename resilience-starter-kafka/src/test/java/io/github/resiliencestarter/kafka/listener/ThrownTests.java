package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

class ThrownTests {

    @Test
    void wrappers_of_the_container_are_taken_off() {
        Exception thrown = new IOException();
        assertThat(Thrown.unwrapped(new ListenerExecutionFailedException(
                        "outer", new ListenerExecutionFailedException("inner", thrown))))
                .isSameAs(thrown);
        Exception bare = new ListenerExecutionFailedException("without a cause");
        assertThat(Thrown.unwrapped(bare)).isSameAs(bare);
    }

    @Test
    void with_a_virtual_machine_in_trouble_nobody_goes_on() {
        Error trouble = new OutOfMemoryError("simulated");
        assertThatThrownBy(() -> Thrown.bearable(new ListenerExecutionFailedException("wrapped", trouble)))
                .isSameAs(trouble);
        Error other = new AssertionError();
        assertThat(Thrown.bearable(other)).isSameAs(other);
    }

    @Test
    void the_container_has_no_frames_to_compare() {
        Exception failure = new IOException();
        assertThat(Thrown.forContainer(failure).getStackTrace()).isEmpty();
        assertThat(failure.getStackTrace()).isNotEmpty();
    }

    @Test
    void an_error_is_a_failure_of_its_record_for_the_container() {
        Error error = new NoClassDefFoundError();
        assertThat(Thrown.forContainer(error))
                .isInstanceOf(ListenerExecutionFailedException.class)
                .hasCause(error);
    }
}
