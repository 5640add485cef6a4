package io.github.resiliencestarter.messaging.retry;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.call.outcome.Causes;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which failures of a listener are worth another attempt: those of {@code retry-exceptions}, or, where none are listed, all but
 * those that fail the same way each time. {@code ignore-exceptions} never are, and no {@link Error} is. Unlike in calls the causes
 * count as well: frameworks wrap what a listener throws. Immutable.
 */
public final class RetryableFailures implements Predicate<Throwable> {

    /** Fail the same way each time, whatever the message. */
    public static final List<Class<? extends Throwable>> PROGRAMMING_ERRORS = List.of(
            IllegalArgumentException.class,
            NullPointerException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class,
            UnsupportedOperationException.class,
            NoSuchMethodException.class);

    private static final List<Class<? extends Throwable>> TIMEOUTS = List.of(AttemptTimeoutException.class);

    private final List<Class<? extends Throwable>> retried;
    private final List<Class<? extends Throwable>> never;
    private final List<Class<? extends Throwable>> fatal;

    /**
     * @param retried nothing else is tried again; empty for all that is not fatal
     * @param ignored never tried again, even if listed as retried
     * @param fatal what this broker knows to be in vain, besides programming errors
     */
    public RetryableFailures(
            List<Class<? extends Throwable>> retried,
            List<Class<? extends Throwable>> ignored,
            List<Class<? extends Throwable>> fatal) {
        this.retried = List.copyOf(retried);
        this.never = with(List.of(Error.class), ignored);
        this.fatal = with(PROGRAMMING_ERRORS, fatal);
    }

    @Override
    public boolean test(Throwable failure) {
        List<Throwable> causes = Causes.of(failure).toList();
        if (any(causes, never)) {
            return false;
        }
        if (any(causes, TIMEOUTS)) {
            return true;
        }
        return retried.isEmpty() ? !any(causes, fatal) : any(causes, retried);
    }

    private static List<Class<? extends Throwable>> with(
            List<Class<? extends Throwable>> known, List<Class<? extends Throwable>> configured) {
        return Stream.concat(known.stream(), configured.stream()).toList();
    }

    private static boolean any(List<Throwable> causes, List<Class<? extends Throwable>> types) {
        for (Throwable cause : causes) {
            for (Class<? extends Throwable> type : types) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }
}
