package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.rabbit.deadletter.ContainerFailure;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.ImmediateAcknowledgeAmqpException;
import org.springframework.amqp.rabbit.support.ListenerExecutionFailedException;

class ThrownTests {

    @Test
    void wrappers_of_the_container_are_taken_off() {
        Exception thrown = new IOException();
        assertThat(ContainerFailure.unwrapped(new ListenerExecutionFailedException(
                        "outer", new ListenerExecutionFailedException("inner", thrown))))
                .isSameAs(thrown);
        Exception bare = new ListenerExecutionFailedException("without a cause", null);
        assertThat(ContainerFailure.unwrapped(bare)).isSameAs(bare);
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
    void a_listener_may_have_its_message_acknowledged_by_what_it_throws() {
        assertThat(Thrown.asksForAcknowledgement(new IllegalStateException(new ImmediateAcknowledgeAmqpException(""))))
                .isTrue();
        assertThat(Thrown.asksForAcknowledgement(new IllegalStateException())).isFalse();
    }
}
