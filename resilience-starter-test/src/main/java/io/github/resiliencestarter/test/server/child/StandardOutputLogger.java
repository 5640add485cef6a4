package io.github.resiliencestarter.test.server.child;

import java.io.Serial;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One line for each event, and the stack trace below it. */
final class StandardOutputLogger extends LegacyAbstractLogger {

    @Serial
    private static final long serialVersionUID = 1L;

    StandardOutputLogger(String name) {
        this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String text = MessageFormatter.basicArrayFormat(message, arguments);
        synchronized (System.out) {
            System.out.println(LocalTime.now() + " " + level + " " + name + ": " + text);
            if (thrown != null) {
                thrown.printStackTrace(System.out);
            }
        }
    }
}
