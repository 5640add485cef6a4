package io.github.resiliencestarter.messaging;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Prints a stack trace as {@link Throwable#printStackTrace()} does, without the names of modules and class loaders, and without what
 * is below the application: those frames are the same for each failure of a listener, and would make up most of its dead letter. It
 * stops when there is enough. A listener waits for it: a {@code PrintWriter}, and a string for each frame, take half of the time of a
 * dead letter.
 */
final class StackTracePrinter {

    private static final String NEW_LINE = System.lineSeparator();
    private static final StackTraceElement[] NO_FRAMES = {};

    /** Room for what a listener throws; growing from the default of 16 characters would copy each trace eight times. */
    private final StringBuilder text = new StringBuilder(4_000);

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final int enough;

    private StackTracePrinter(int enough) {
        this.enough = enough;
    }

    /** The whole trace, or more than {@code enough} characters of it. */
    static String print(Throwable thrown, int enough) {
        StackTracePrinter printer = new StackTracePrinter(enough);
        printer.print(thrown, "", "", NO_FRAMES);
        return printer.text.toString();
    }

    private void print(Throwable thrown, String caption, String indent, StackTraceElement[] enclosing) {
        if (!seen.add(thrown)) {
            text.append(indent).append(caption).append("[CIRCULAR REFERENCE: ").append(thrown);
            text.append(']').append(NEW_LINE);
            return;
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        int below = below(frames);
        int shared = shared(frames, enclosing);
        text.append(indent).append(caption).append(thrown).append(NEW_LINE);
        for (int i = 0; i < frames.length - Math.max(shared, below) && !isEnough(); i++) {
            text.append(indent).append("\tat ");
            append(frames[i]);
            text.append(NEW_LINE);
        }
        if (shared > below) {
            // What is below is left out of the enclosing trace as well, for it is the same.
            more(indent, shared - below, " more");
        } else if (below > shared) {
            more(indent, below - shared, " more of the framework");
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            printUnlessEnough(suppressed, "Suppressed: ", indent + '\t', frames);
        }
        Throwable cause = thrown.getCause();
        if (cause != null) {
            printUnlessEnough(cause, "Caused by: ", indent, frames);
        }
    }

    private void more(String indent, int frames, String what) {
        text.append(indent).append("\t... ").append(frames).append(what).append(NEW_LINE);
    }

    private void printUnlessEnough(Throwable thrown, String caption, String indent, StackTraceElement[] enclosing) {
        if (!isEnough()) {
            print(thrown, caption, indent, enclosing);
        }
    }

    private void append(StackTraceElement frame) {
        text.append(frame.getClassName()).append('.').append(frame.getMethodName());
        String file = frame.getFileName();
        if (frame.isNativeMethod()) {
            text.append("(Native Method)");
        } else if (file == null) {
            text.append("(Unknown Source)");
        } else if (frame.getLineNumber() < 0) {
            text.append('(').append(file).append(')');
        } else {
            text.append('(')
                    .append(file)
                    .append(':')
                    .append(frame.getLineNumber())
                    .append(')');
        }
    }

    private boolean isEnough() {
        return text.length() > enough;
    }

    /** How many frames at the end are those of who called the application; none where it is not in the trace at all. */
    private static int below(StackTraceElement[] frames) {
        for (int i = frames.length - 1; i >= 0; i--) {
            if (Fingerprint.isOfApplication(frames[i].getClassName())) {
                return frames.length - 1 - i;
            }
        }
        return 0;
    }

    /** How many frames at the end are those of the enclosing trace. */
    private static int shared(StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int shared = 0;
        while (shared < frames.length
                && shared < enclosing.length
                && frames[frames.length - 1 - shared].equals(enclosing[enclosing.length - 1 - shared])) {
            shared++;
        }
        return shared;
    }
}
