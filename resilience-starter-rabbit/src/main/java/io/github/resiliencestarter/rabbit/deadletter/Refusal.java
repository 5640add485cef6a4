package io.github.resiliencestarter.rabbit.deadletter;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why the broker has closed a channel, or a connection. Immutable.
 *
 * @param code of AMQP, such as 404
 * @param text for people; of a queue that is there and has other arguments it tells the first that differs
 */
record Refusal(int code, String text) {

    private static final Pattern DIFFERENCE = Pattern.compile("inequivalent arg '([^']+)' for .*: received .*"
            + " but current is (?:(none)|the value '(.*)' of type '(\\w+)'|'(.*)')\\.?");

    /**
     * @param argument its name, or {@code durable}, {@code auto_delete}, {@code exclusive}
     * @param current null if it has none
     * @param number whether it is told to be one
     */
    record Difference(String argument, @Nullable String current, boolean number) {

        /** As it is declared; null if it is none. */
        @Nullable
        Object value() {
            if (current == null) {
                return null;
            }
            if (current.equals("true") || current.equals("false")) {
                return Boolean.valueOf(current);
            }
            return number ? Long.valueOf(current) : current;
        }
    }

    /** What the broker has said in the end; null if it has not said anything, but gone away. */
    static @Nullable Refusal in(Throwable failure) {
        ShutdownSignalException signal = signal(failure);
        if (signal == null) {
            return null;
        }
        if (signal.getReason() instanceof AMQP.Channel.Close close) {
            return new Refusal(close.getReplyCode(), close.getReplyText());
        }
        return signal.getReason() instanceof AMQP.Connection.Close close
                ? new Refusal(close.getReplyCode(), close.getReplyText())
                : null;
    }

    /** @throws IOException the failure, if not the channel is closed but the connection */
    static Refusal of(IOException failure) throws IOException {
        Refusal refusal = in(failure);
        ShutdownSignalException signal = signal(failure);
        if (refusal == null || signal == null || signal.isHardError()) {
            throw failure;
        }
        return refusal;
    }

    private static @Nullable ShutdownSignalException signal(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof ShutdownSignalException)) {
            cause = cause.getCause();
        }
        return (ShutdownSignalException) cause;
    }

    boolean isMissing() {
        return code == AMQP.NOT_FOUND;
    }

    boolean isForbidden() {
        return code == AMQP.ACCESS_REFUSED;
    }

    /** It belongs to another connection alone. */
    boolean isLocked() {
        return code == AMQP.RESOURCE_LOCKED;
    }

    /** Null if it is another refusal. */
    @Nullable
    Difference difference() {
        Matcher matcher = DIFFERENCE.matcher(text);
        if (code != AMQP.PRECONDITION_FAILED || !matcher.find()) {
            return null;
        }
        String current = matcher.group(3) != null ? matcher.group(3) : matcher.group(5);
        boolean number = current != null && current.matches("-?\\d{1,18}") && !"longstr".equals(matcher.group(4));
        return new Difference(matcher.group(1), current, number);
    }
}
