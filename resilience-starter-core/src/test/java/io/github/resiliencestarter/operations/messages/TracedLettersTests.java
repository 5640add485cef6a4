package io.github.resiliencestarter.operations.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.SampleLetters;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracedLettersTests {

    private static final String ATTEMPT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String SENDER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Replay REPLAY = new Replay("r1", "alice", null);

    private final SimpleTracer tracer = new SimpleTracer();
    private final LetterTraces traces = new TracedLetters(tracer, new W3cFields());

    @Test
    void a_letter_has_the_span_of_the_attempt_that_failed_and_of_no_earlier_one() {
        Headers earlier = Headers.of(Header.of("traceparent", SENDER), Header.of(DeadLetterHeaders.TRACE, ATTEMPT));
        SimpleSpan attempt = tracer.nextSpan().name("orders receive").start();

        Headers failed;
        try (Tracer.SpanInScope scope = tracer.withSpan(attempt)) {
            failed = traces.failed(earlier);
        }

        assertThat(failed.stream().map(Header::name)).containsExactly("traceparent", DeadLetterHeaders.TRACE);
        assertThat(failed.text("traceparent")).isEqualTo(SENDER);
        assertThat(failed.text(DeadLetterHeaders.TRACE))
                .startsWith("00-")
                .hasSize(ATTEMPT.length())
                .contains(attempt.getTraceId() + "-" + attempt.getSpanId());
    }

    @Test
    void a_letter_that_fails_outside_of_any_span_is_left_as_it_is() {
        Headers headers = Headers.of(Header.of("traceparent", SENDER));

        assertThat(traces.failed(headers)).isSameAs(headers);
    }

    @Test
    void a_replay_is_a_span_with_a_link_to_the_attempt_that_failed() {
        LetterTraces.Sending sending = traces.replay(
                letter(Header.of("traceparent", SENDER), Header.of(DeadLetterHeaders.TRACE, ATTEMPT)), REPLAY);
        sending.ended(null);

        SimpleSpan span = tracer.onlySpan();
        assertThat(span.getName()).isEqualTo("resilience.replay");
        assertThat(span.getKind()).isEqualTo(Span.Kind.PRODUCER);
        assertThat(span.getTags())
                .containsEntry("resilience.replay.id", "r1")
                .containsEntry("resilience.source", "orders");
        assertThat(span.getLinks())
                .extracting(Link::getTraceContext)
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
                    assertThat(failure.spanId()).isEqualTo("b7ad6b7169203331");
                });
        assertThat(span.getError()).isNull();
    }

    @Test
    void a_failure_that_nobody_traced_is_told_by_who_sent_the_message() {
        traces.replay(letter(Header.of("traceparent", SENDER)), REPLAY).ended(null);

        assertThat(tracer.onlySpan().getLinks())
                .extracting(link -> link.getTraceContext().traceId())
                .containsExactly("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anything",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void a_header_that_is_no_context_is_no_link(String written) {
        traces.replay(letter(Header.of("traceparent", written)), REPLAY).ended(null);

        assertThat(tracer.onlySpan().getLinks()).isEmpty();
    }

    @Test
    void the_message_has_the_context_of_the_replay_in_the_place_of_the_old_one() {
        LetterTraces.Sending sending = traces.replay(
                letter(
                        Header.of("traceparent", SENDER),
                        Header.of("tracestate", "vendor=1"),
                        Header.of("baggage", "tenant=b"),
                        Header.of("b3", "of a format that this host does not read")),
                REPLAY);
        sending.ended(null);

        Headers headers = sending.letter().headers();
        assertThat(headers.stream().map(Header::name)).containsExactly("baggage", "b3", "traceparent");
        assertThat(headers.text("traceparent")).isEqualTo(W3cFields.OF_REPLAY);
    }

    @Test
    void what_the_broker_refuses_is_an_error_of_the_span() {
        IllegalStateException refused = new IllegalStateException("no such topic");

        traces.replay(letter(), REPLAY).ended(refused);

        assertThat(tracer.onlySpan().getError()).isSameAs(refused);
    }

    @Test
    void the_span_lasts_until_the_broker_has_answered() {
        LetterTraces.Sending sending = traces.replay(letter(), REPLAY);
        assertThat(tracer.lastSpan().getEndTimestamp().toEpochMilli()).isZero();

        sending.ended(null);

        assertThat(tracer.lastSpan().getEndTimestamp().toEpochMilli()).isPositive();
    }

    @Test
    void a_tracer_that_does_nothing_leaves_letters_as_they_are() {
        LetterTraces off = new TracedLetters(Tracer.NOOP, Propagator.NOOP);
        DeadLetter letter = letter(Header.of("traceparent", SENDER));

        assertThat(off.failed(letter.headers())).isSameAs(letter.headers());
        assertThat(off.replay(letter, REPLAY).letter()).isEqualTo(letter);
    }

    @Test
    void a_tracer_that_throws_keeps_no_letter_from_its_way() {
        Tracer broken = mock(Tracer.class);
        when(broken.currentSpan()).thenThrow(new IllegalStateException("closed"));
        when(broken.spanBuilder()).thenThrow(new IllegalStateException("closed"));
        LetterTraces failing = new TracedLetters(broken, Propagator.NOOP);
        DeadLetter letter = letter(Header.of("traceparent", SENDER));

        assertThat(failing.failed(letter.headers())).isSameAs(letter.headers());
        assertThat(failing.replay(letter, REPLAY).letter()).isSameAs(letter);
    }

    private static DeadLetter letter(Header... headers) {
        return SampleLetters.letter("orders", 1).withHeaders(Headers.of(headers));
    }

    /** Writes no {@code tracestate}, as the host's own does where nobody has added to it. */
    private static final class W3cFields implements Propagator {

        static final String OF_REPLAY = "00-00000000000000000000000000000001-0000000000000002-01";

        @Override
        public List<String> fields() {
            return List.of("traceparent", "tracestate", "baggage");
        }

        @Override
        public <C> void inject(TraceContext context, C carrier, Setter<C> setter) {
            setter.set(carrier, "traceparent", OF_REPLAY);
        }

        @Override
        public <C> Span.Builder extract(C carrier, Getter<C> getter) {
            throw new UnsupportedOperationException();
        }
    }
}
