package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.rabbit.deadletter.ContainerFailure;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;

class SaidToFailTests {

    private final Message first = new Message("same".getBytes());
    private final Message second = new Message("same".getBytes());
    private final Message third = new Message("other".getBytes());
    private final List<Message> batch = List.of(first, second, third);
    private final Throwable why = new IllegalStateException();

    @Test
    void messages_are_found_by_themselves_and_not_by_what_they_say() {
        assertThat(SaidToFail.in(said(second), batch)).containsExactly(1);
    }

    @Test
    void they_are_found_among_the_causes_and_in_the_order_of_the_batch() {
        assertThat(SaidToFail.in(new IllegalStateException(said(third, first)), batch))
                .containsExactly(0, 2);
    }

    @Test
    void an_exception_that_has_none_of_them_says_nothing() {
        assertThat(SaidToFail.in(why, batch)).isEmpty();
        assertThat(SaidToFail.in(said(new Message("same".getBytes())), batch)).isEmpty();
    }

    @Test
    void the_exception_of_the_next_version_of_spring_says_the_same() {
        Throwable next = new ListenerExecutionFailedException(List.of(third), why);
        assertThat(SaidToFail.in(next, batch)).containsExactly(2);
        assertThat(ContainerFailure.unwrapped(next)).isSameAs(why);
    }

    private Throwable said(Message... messages) {
        return new org.springframework.amqp.rabbit.support.ListenerExecutionFailedException("some", why, messages);
    }

    /** Of another package, as it is in that version. */
    @SuppressWarnings("serial")
    public static final class ListenerExecutionFailedException extends AmqpException {

        private final transient Collection<Message> messages;

        ListenerExecutionFailedException(Collection<Message> messages, Throwable why) {
            super("some", why);
            this.messages = messages;
        }

        public Collection<Message> getFailedMessages() {
            return messages;
        }
    }
}
