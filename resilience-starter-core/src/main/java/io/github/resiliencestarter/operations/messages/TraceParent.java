package io.github.resiliencestarter.operations.messages;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which span of which trace, as W3C Trace Context writes it, whatever the host's own tracing writes. */
record TraceParent(String traceId, String spanId, boolean sampled) {

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    private static final int TRACE_ID_LENGTH = 32;

    /** Null if it is of no span that anybody records. */
    static @Nullable TraceParent of(TraceContext context) {
        // Some tracers have short ids; as W3C writes them they begin with zeros.
        String traceId =
                "0".repeat(Math.max(0, TRACE_ID_LENGTH - context.traceId().length())) + context.traceId();
        return parse(new TraceParent(traceId, context.spanId(), Boolean.TRUE.equals(context.sampled())).toString());
    }

    /** Null if it is nothing of the kind: anybody may have written it. */
    static @Nullable TraceParent parse(@Nullable String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text);
        return matcher.matches()
                ? new TraceParent(matcher.group(1), matcher.group(2), (Integer.parseInt(matcher.group(3), 16) & 1) == 1)
                : null;
    }

    TraceContext in(Tracer tracer) {
        return tracer.traceContextBuilder()
                .traceId(traceId)
                .spanId(spanId)
                .sampled(sampled)
                .build();
    }

    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
