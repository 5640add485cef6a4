package io.github.resiliencestarter.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.SampleLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SendingTests {

    private static final Replay REPLAY = new Replay("r1", "alice", null);

    private final List<String> told = new ArrayList<>();
    private final CompletableFuture<Void> broker = new CompletableFuture<>();
    private final List<DeadLetter> sent = new ArrayList<>();
    private final DeadLetterTransport transport = mock(DeadLetterTransport.class);
    private final ParkedLetter parked = mock(ParkedLetter.class);
    private final Sending sending = new Sending(REPLAY, new Told());

    SendingTests() {
        when(parked.letter()).thenReturn(SampleLetters.letter("orders", 1));
        when(transport.replay(any(), any())).thenAnswer(call -> {
            sent.add(call.getArgument(0));
            return broker;
        });
    }

    @Test
    void what_is_sent_has_the_context_of_its_replay_and_what_is_answered_is_the_letter_that_is_parked()
            throws Exception {
        sending.send(parked, transport);
        assertThat(told).containsExactly("began");
        broker.complete(null);

        assertThat(sent.get(0).headers().text("traceparent")).isEqualTo("new");
        assertThat(sending.next(Duration.ZERO)).isEqualTo(new Sending.Answer(parked, null));
        assertThat(told).containsExactly("began", "ended");
        assertThat(sending.inFlight()).isZero();
    }

    @Test
    void the_trace_ends_with_what_the_broker_has_refused_it_for() throws Exception {
        IllegalStateException refused = new IllegalStateException("no such topic");
        sending.send(parked, transport);
        broker.completeExceptionally(new CompletionException(refused));

        assertThat(sending.next(Duration.ZERO)).isEqualTo(new Sending.Answer(parked, refused));
        assertThat(told).containsExactly("began", "ended: no such topic");
    }

    @Test
    void a_transport_that_throws_ends_the_trace_as_well() throws Exception {
        when(transport.replay(any(), any())).thenThrow(new IllegalStateException("being stopped"));

        sending.send(parked, transport);

        assertThat(sending.next(Duration.ZERO).failure()).hasMessage("being stopped");
        assertThat(told).containsExactly("began", "ended: being stopped");
    }

    private final class Told implements LetterTraces {

        @Override
        public Headers failed(Headers headers) {
            return headers;
        }

        @Override
        public LetterTraces.Sending replay(DeadLetter letter, Replay replay) {
            told.add("began");
            DeadLetter traced = letter.withHeaders(letter.headers().with(Header.of("traceparent", "new")));
            return new LetterTraces.Sending() {
                @Override
                public DeadLetter letter() {
                    return traced;
                }

                @Override
                public void ended(Throwable failure) {
                    told.add(failure == null ? "ended" : "ended: " + failure.getMessage());
                }
            };
        }
    }
}
