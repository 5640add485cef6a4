package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.Replay;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces of letters by Micrometer. A replay is a trace of its own, hours after that of the failure, so it is linked to that one and
 * not a part of it. A tracer that throws keeps no letter from its way. Thread-safe.
 */
public final class TracedLetters implements LetterTraces {

    private static final Logger LOG = LoggerFactory.getLogger(TracedLetters.class);

    private static final String TRACE_PARENT = "traceparent";

    /** Fields that tell of the trace. Other fields of a propagator are baggage, which belongs to the application. */
    private static final Set<String> OF_TRACE = Set.of(TRACE_PARENT, "tracestate", "b3");

    private final Tracer tracer;
    private final Propagator propagator;
    private final AtomicBoolean warned = new AtomicBoolean();

    public TracedLetters(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    @Override
    public Headers failed(Headers headers) {
        try {
            Span span = tracer.currentSpan();
            TraceParent parent = span == null ? null : TraceParent.of(span.context());
            return parent == null ? headers : headers.with(Header.of(DeadLetterHeaders.TRACE, parent.toString()));
        } catch (RuntimeException failure) {
            warn(failure);
            return headers;
        }
    }

    @Override
    public Sending replay(DeadLetter letter, Replay replay) {
        try {
            Span span = start(letter, replay);
            return new Traced(letter.withHeaders(inContextOf(span, letter.headers())), span, this);
        } catch (RuntimeException failure) {
            warn(failure);
            return NONE.replay(letter, replay);
        }
    }

    private Span start(DeadLetter letter, Replay replay) {
        Span.Builder span = tracer.spanBuilder()
                .setNoParent()
                .name("resilience.replay")
                .kind(Span.Kind.PRODUCER)
                .tag("resilience.replay.id", replay.id())
                .tag("resilience.letter.id", letter.id())
                .tag("resilience.source", letter.source().name());
        TraceParent failed = failed(letter);
        return (failed == null ? span : span.addLink(new Link(failed.in(tracer)))).start();
    }

    /** The attempt that failed; where nobody has traced it, whoever sent the message. */
    private static @Nullable TraceParent failed(DeadLetter letter) {
        TraceParent attempt = TraceParent.parse(letter.headers().text(DeadLetterHeaders.TRACE));
        return attempt == null ? TraceParent.parse(letter.headers().text(TRACE_PARENT)) : attempt;
    }

    private Headers inContextOf(Span span, Headers headers) {
        Map<String, String> context = new LinkedHashMap<>();
        propagator.inject(span.context(), context, Map::put);
        if (context.isEmpty()) {
            return headers;
        }
        // What is left of the old context would be read together with the new one.
        Headers changed =
                headers.without(name -> isOfTrace(name) && propagator.fields().contains(name));
        for (Map.Entry<String, String> field : context.entrySet()) {
            changed = changed.with(Header.of(field.getKey(), field.getValue()));
        }
        return changed;
    }

    private static boolean isOfTrace(String name) {
        return OF_TRACE.contains(name) || name.startsWith("X-B3-");
    }

    private void warn(RuntimeException failure) {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("Dead letters and replays go on without traces, because the tracer failed", failure);
        }
    }

    private record Traced(DeadLetter letter, Span span, TracedLetters traces) implements Sending {

        @Override
        public void ended(@Nullable Throwable failure) {
            try {
                if (failure != null) {
                    span.error(failure);
                }
                span.end();
            } catch (RuntimeException broken) {
                traces.warn(broken);
            }
        }
    }
}
