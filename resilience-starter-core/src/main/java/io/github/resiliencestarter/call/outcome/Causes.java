package io.github.resiliencestarter.call.outcome;

import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An exception and its causes, from the outermost inwards: clients wrap what has happened in exceptions of their own. */
public final class Causes {

    /** Bounds the walk; some clients build circular chains. */
    private static final int DEEPEST = 50;

    private Causes() {}

    /** The exception itself, its cause, the cause of that, and so on. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }

    /** What is found first; null where there is nothing in the whole chain. */
    public static <T> @Nullable T first(Throwable failure, Function<Throwable, @Nullable T> sought) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            T found = sought.apply(each);
            if (found != null) {
                return found;
            }
            each = each.getCause();
        }
        return null;
    }
}
