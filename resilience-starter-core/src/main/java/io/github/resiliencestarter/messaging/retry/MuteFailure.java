package io.github.resiliencestarter.messaging.retry;

import io.github.resiliencestarter.call.outcome.Causes;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of a failure that fails itself when it is asked what it is: nobody could log it or make a dead letter of it, and
 * its message would stay where it is.
 */
@SuppressWarnings("serial")
public final class MuteFailure extends RuntimeException {

    private MuteFailure(Throwable mute, @Nullable Throwable why) {
        super(mute.getClass().getName() + ", which cannot say what it is"
                + (why == null ? "" : ": " + why.getClass().getName()));
        setStackTrace(mute.getStackTrace());
    }

    /** The failure itself, if it and all that it comes from can be asked. */
    public static Throwable unlessAudible(Throwable failure) {
        try {
            return Causes.of(failure).allMatch(MuteFailure::isAudible) ? failure : new MuteFailure(failure, null);
        } catch (RuntimeException | StackOverflowError why) {
            return new MuteFailure(failure, why);
        }
    }

    private static boolean isAudible(Throwable each) {
        return each.toString() != null && Stream.of(each.getSuppressed()).allMatch(other -> other.toString() != null);
    }
}
