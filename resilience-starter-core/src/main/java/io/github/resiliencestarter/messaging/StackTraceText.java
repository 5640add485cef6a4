package io.github.resiliencestarter.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the root cause in a printed stack trace. What it does not understand it leaves out; it never fails. */
final class StackTraceText {

    private static final String CAUSE = "Caused by: ";
    private static final Pattern TYPE = Pattern.compile("([\\w$]+\\.)+[\\w$]+(?=:|\\s|$)");
    /** Only one tab: what is suppressed has more. The name of a module or a class loader ends with a slash. */
    private static final Pattern FRAME = Pattern.compile("\\tat (?:.*/)?([\\w$.]+)\\.([\\w$<>]+)\\(.*");
    /** A cause does not repeat the frames that it shares with what it is the cause of. */
    private static final Pattern SHARED = Pattern.compile("\\t\\.\\.\\. (\\d{1,6}) (?:more|common frames omitted)");

    private StackTraceText() {}

    /** @param exception null if the text is no stack trace */
    record Root(@Nullable String exception, List<StackTraceElement> frames) {}

    static Root rootOf(String text) {
        String exception = null;
        List<StackTraceElement> outer = List.of();
        List<StackTraceElement> frames = new ArrayList<>();
        for (String line : text.lines().toList()) {
            boolean isCause = line.startsWith(CAUSE);
            if (isCause || exception == null) {
                String type = typeIn(isCause ? line.substring(CAUSE.length()) : line);
                if (type != null) {
                    exception = type;
                    outer = frames;
                    frames = new ArrayList<>();
                }
                continue;
            }
            addTo(frames, line, outer);
        }
        return new Root(exception, frames);
    }

    private static @Nullable String typeIn(String line) {
        Matcher type = TYPE.matcher(line);
        return type.lookingAt() ? type.group() : null;
    }

    private static void addTo(List<StackTraceElement> frames, String line, List<StackTraceElement> outer) {
        Matcher frame = FRAME.matcher(line);
        if (frame.matches()) {
            frames.add(new StackTraceElement(frame.group(1), frame.group(2), null, -1));
            return;
        }
        Matcher shared = SHARED.matcher(line);
        if (shared.matches()) {
            int count = Math.min(Integer.parseInt(shared.group(1)), outer.size());
            frames.addAll(outer.subList(outer.size() - count, outer.size()));
        }
    }
}
