package io.github.resiliencestarter.rabbit.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.OutcomeClassifier;
import io.github.resiliencestarter.Verdict;
import io.github.resiliencestarter.call.outcome.ConnectionOutcomes;
import io.github.resiliencestarter.call.outcome.Outcomes;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.AmqpAuthenticationException;
import org.springframework.amqp.AmqpConnectException;
import org.springframework.amqp.AmqpIOException;
import org.springframework.amqp.AmqpResourceNotAvailableException;
import org.springframework.amqp.AmqpTimeoutException;
import org.springframework.amqp.core.AmqpMessageReturnedException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.AmqpNackReceivedException;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.support.converter.MessageConversionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What RabbitMQ's client and spring-amqp throw, and what that says. */
class ProducerOutcomesTests {

    private static final Verdict NEVER_AND_NEVER_WILL_BE = new Verdict(CallOutcome.NEVER_SENT, false, null);
    private static final Message MESSAGE = new Message(new byte[0]);

    private final Outcomes outcomes = new Outcomes(List.of(new ConnectionOutcomes(), new ProducerOutcomes()));

    private static ShutdownSignalException closed(int code) {
        return new ShutdownSignalException(
                false, false, new AMQP.Channel.Close.Builder().replyCode(code).build(), null);
    }

    @ParameterizedTest
    @ValueSource(ints = {AMQP.ACCESS_REFUSED, AMQP.NOT_FOUND, AMQP.RESOURCE_LOCKED, AMQP.PRECONDITION_FAILED})
    void what_the_broker_refuses_it_would_refuse_again(int code) {
        assertThat(outcomes.of(new AmqpIOException(new IOException(closed(code)))))
                .isEqualTo(Verdict.rejected());
    }

    @Test
    void a_message_that_no_queue_takes_is_refused() {
        assertThat(outcomes.of(new AmqpMessageReturnedException(
                        "returned", new ReturnedMessage(MESSAGE, AMQP.NO_ROUTE, "NO_ROUTE", "orders", "new"))))
                .isEqualTo(Verdict.rejected());
    }

    static Stream<Exception> doubts() {
        return Stream.of(
                new AmqpConnectException(new ShutdownSignalException(true, false, null, null)),
                closed(AMQP.INTERNAL_ERROR),
                new AmqpNackReceivedException("nacked", MESSAGE),
                new AmqpTimeoutException("no answer"),
                new AmqpIOException(new IOException("broken pipe")));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void what_may_have_been_published_is_unknown(Exception doubt) {
        assertThat(outcomes.of(doubt)).isEqualTo(Verdict.unknown());
    }

    static Stream<Exception> beforeAnything() {
        return Stream.of(
                new AlreadyClosedException(new ShutdownSignalException(true, false, null, null)),
                new AmqpResourceNotAvailableException("The channelMax limit is reached. Try later."),
                new AmqpTimeoutException("No available channels"),
                new AmqpTimeoutException("Timed out attempting to get a connection"));
    }

    @ParameterizedTest
    @MethodSource("beforeAnything")
    void a_message_for_which_there_was_no_channel_was_never_sent(Exception failure) {
        assertThat(outcomes.of(failure)).isEqualTo(Verdict.neverSent());
    }

    @Test
    void who_could_not_log_in_has_sent_nothing_and_will_not() {
        Exception unknown = new PossibleAuthenticationFailureException("who?");
        assertThat(outcomes.of(unknown)).isEqualTo(NEVER_AND_NEVER_WILL_BE);
        assertThat(outcomes.of(new AmqpAuthenticationException(unknown))).isEqualTo(NEVER_AND_NEVER_WILL_BE);
    }

    @Test
    void a_message_whose_broker_is_not_there_was_never_sent() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        CachingConnectionFactory connections = new CachingConnectionFactory("127.0.0.1", nobody);
        try {
            Throwable failure = catchThrowable(() -> new RabbitTemplate(connections).convertAndSend("orders", "1"));
            assertThat(failure).isInstanceOf(AmqpConnectException.class);
            assertThat(outcomes.of(failure)).isEqualTo(Verdict.neverSent());
        } finally {
            connections.destroy();
        }
    }

    @Test
    void a_message_that_cannot_be_converted_was_never_sent_and_will_not_be() {
        assertThat(outcomes.of(new MessageConversionException("no text"))).isEqualTo(NEVER_AND_NEVER_WILL_BE);
    }

    @Test
    void the_host_gets_it_as_a_bean() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RabbitOutcomesAutoConfiguration.class))
                .run(context ->
                        assertThat(context.getBean(OutcomeClassifier.class)).isInstanceOf(ProducerOutcomes.class));
    }
}
