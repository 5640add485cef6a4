package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

@Timeout(30)
class LetterSenderTests {

    private static final long MOST_MILLIS = 10_000;

    private final VirtualTime time = new VirtualTime();
    private final com.rabbitmq.client.Connection client = mock(com.rabbitmq.client.Connection.class);
    private final ConnectionFactory factory = mock(ConnectionFactory.class);
    private final LetterSender sender = new LetterSender(factory, Duration.ofSeconds(5), time);
    private final List<Channel> channels = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connection() throws IOException {
        Connection connection = mock(Connection.class);
        when(factory.createConnection()).thenReturn(connection);
        when(connection.getDelegate()).thenReturn(client);
        when(client.isOpen()).thenReturn(true);
        when(client.createChannel()).thenAnswer(ignored -> newChannel());
    }

    private Channel newChannel() {
        Channel channel = mock(Channel.class);
        when(channel.getConnection()).thenReturn(client);
        when(channel.isOpen()).thenReturn(true);
        List<Object> published = new ArrayList<>();
        when(channel.getNextPublishSeqNo()).thenAnswer(ignored -> {
            published.add(channel);
            return (long) published.size();
        });
        channels.add(channel);
        return channel;
    }

    @AfterEach
    void close() {
        time.advance(Duration.ofMinutes(1));
        sender.close();
    }

    @Test
    void letters_of_an_exchange_share_a_channel_and_are_confirmed_one_by_one_or_together() throws Exception {
        CompletableFuture<Void> first = send("first");
        CompletableFuture<Void> second = send("second");
        CompletableFuture<Void> third = send("third");
        LetterChannel listening = published(0, 3);

        listening.handleAck(2, false);
        assertThat(second).isCompleted();
        assertThat(first).isNotDone();
        listening.handleAck(3, true);

        assertThat(first).isCompleted();
        assertThat(third).isCompleted();
        assertThat(channels).hasSize(1);
    }

    @Test
    void a_refusal_is_that_of_its_own_letter() throws Exception {
        CompletableFuture<Void> first = send("first");
        CompletableFuture<Void> second = send("second");

        published(0, 2).handleNack(1, false);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isNotDone();
    }

    @Test
    void after_a_letter_that_nobody_has_confirmed_in_time_the_next_go_by_another_channel() throws Exception {
        CompletableFuture<Void> forgotten = send("forgotten");
        published(0, 1);
        time.advance(Duration.ofSeconds(4));
        CompletableFuture<Void> behind = send("behind");
        LetterChannel old = published(0, 2);

        time.advance(Duration.ofSeconds(1));
        assertThat(forgotten)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
        send("next");
        published(1, 1);

        verify(channels.get(0), never()).abort();
        old.handleAck(2, false);
        assertThat(behind).as("may yet be confirmed").isCompleted();
        verify(channels.get(0), timeout(MOST_MILLIS)).abort();
    }

    @Test
    void a_letter_that_could_not_be_written_fails_at_once_and_the_next_goes_by_another_channel() throws Exception {
        CompletableFuture<Void> before = send("before");
        LetterChannel old = published(0, 1);
        doThrow(new IOException("broken pipe"))
                .when(channels.get(0))
                .basicPublish(anyString(), anyString(), anyBoolean(), any(), any());

        assertThat(failure(send("refused"))).hasMessage("broken pipe");
        send("next");
        published(1, 1);

        old.handleAck(1, false);
        assertThat(before).isCompleted();
    }

    @Test
    void a_connection_that_cannot_be_written_to_is_ended_and_another_one_asked_for() throws Exception {
        send("before");
        published(0, 1);
        doThrow(new IOException("broken pipe"))
                .when(channels.get(0))
                .basicPublish(anyString(), anyString(), anyBoolean(), any(), any());
        doAnswer(ended -> when(client.isOpen()).thenReturn(false, true))
                .when(client)
                .abort(anyInt());

        assertThat(failure(send("unwritten"))).hasMessage("broken pipe");
        send("after");

        published(1, 1);
        verify(factory, times(2)).createConnection();
    }

    @Test
    void a_connection_whose_broker_has_closed_a_channel_alone_is_kept() throws Exception {
        when(client.createChannel()).thenAnswer(ignored -> {
            Channel closed = newChannel();
            when(closed.confirmSelect())
                    .thenThrow(new IOException(new ShutdownSignalException(false, false, null, closed)));
            return closed;
        });

        assertThat(failure(send("refused"))).hasRootCauseInstanceOf(ShutdownSignalException.class);

        verify(client, never()).abort(anyInt());
    }

    @Test
    void while_the_broker_blocks_publishers_letters_fail_at_once() throws Exception {
        send("before");
        published(0, 1);
        ArgumentCaptor<LetterConnection> listener = ArgumentCaptor.forClass(LetterConnection.class);
        verify(client).addBlockedListener(listener.capture());

        listener.getValue().handleBlocked("low on memory");
        assertThat(failure(send("blocked"))).hasMessageContaining("low on memory");
        listener.getValue().handleUnblocked();

        send("after");
        published(0, 2);
    }

    @Test
    void a_connection_that_is_gone_is_asked_for_again() throws Exception {
        send("before");
        published(0, 1);
        when(client.isOpen()).thenReturn(false, true);

        send("after");

        published(1, 1);
        verify(factory, times(2)).createConnection();
    }

    @Test
    void a_letter_goes_at_once_when_the_broker_has_answered_for_all_before_it() throws Exception {
        LetterSender patient = new LetterSender(factory, Duration.ofSeconds(5), time, Duration.ofMinutes(10));

        send(patient, "first");
        published(0, 1).handleAck(1, false);
        send(patient, "second");

        published(0, 2).handleAck(2, false);
        patient.close();
    }

    @Test
    void a_letter_waits_for_more_of_them_while_some_are_on_their_way() throws Exception {
        Duration gather = Duration.ofMillis(300);
        LetterSender patient = new LetterSender(factory, Duration.ofSeconds(5), time, gather);
        send(patient, "first");
        LetterChannel channel = published(0, 1);

        long begin = System.nanoTime();
        send(patient, "second");
        send(patient, "third");

        published(0, 3);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(gather);
        channel.handleAck(3, true);
        patient.close();
    }

    private CompletableFuture<Void> send(String payload) {
        return send(sender, payload);
    }

    private static CompletableFuture<Void> send(LetterSender sender, String payload) {
        return sender.send(OutgoingLetter.dead(Ladder.letter(payload.length()), "orders.dlx"))
                .toCompletableFuture();
    }

    private static Throwable failure(CompletableFuture<Void> sent) {
        return sent.handle((nothing, failure) -> failure)
                .orTimeout(MOST_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** Waits until this many letters were published on this channel. */
    private LetterChannel published(int channel, int letters) throws Exception {
        await().until(() -> channels.size() > channel);
        verify(channels.get(channel), timeout(MOST_MILLIS).times(letters))
                .basicPublish(anyString(), anyString(), anyBoolean(), any(), any());
        ArgumentCaptor<LetterChannel> listener = ArgumentCaptor.forClass(LetterChannel.class);
        verify(channels.get(channel)).addConfirmListener(listener.capture());
        return listener.getValue();
    }
}
