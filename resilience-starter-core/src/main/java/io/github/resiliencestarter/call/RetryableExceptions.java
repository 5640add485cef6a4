package io.github.resiliencestarter.call;

import io.github.resiliencestarter.AttemptTimeoutException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which exceptions are tried again: those of {@code retry-exceptions}, or, where none are listed, all but programming
 * errors, which fail the same way each time. A timeout is tried again whether listed or not. {@code ignore-exceptions} and business exceptions never are. The exception
 * itself is looked at, not its causes. Immutable.
 */
final class RetryableExceptions implements Predicate<Throwable> {

    static final List<Class<? extends Throwable>> PROGRAMMING_ERRORS = List.of(
            IllegalArgumentException.class,
            NullPointerException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class,
            UnsupportedOperationException.class);

    private final List<Class<? extends Throwable>> retried;
    private final List<Class<? extends Throwable>> ignored;
    private final List<Class<? extends Throwable>> business;

    RetryableExceptions(
            List<Class<? extends Throwable>> retried,
            List<Class<? extends Throwable>> ignored,
            List<Class<? extends Throwable>> business) {
        this.retried = retried;
        this.ignored = ignored;
        this.business = business;
    }

    @Override
    public boolean test(Throwable failure) {
        if (isAny(ignored, failure) || isAny(business, failure)) {
            return false;
        }
        if (retried.isEmpty()) {
            return !isAny(PROGRAMMING_ERRORS, failure);
        }
        return isAny(retried, failure) || failure instanceof AttemptTimeoutException;
    }

    private static boolean isAny(List<Class<? extends Throwable>> types, Throwable failure) {
        for (Class<? extends Throwable> type : types) {
            if (type.isInstance(failure)) {
                return true;
            }
        }
        return false;
    }
}
