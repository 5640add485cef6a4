package io.github.resiliencestarter.messaging.circuit;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks through a failure, its causes first and then what is suppressed in them. */
final class Failures {

    /** Frameworks wrap a few times; an exception that is thrown again and again may have collected thousands. */
    private static final int MOST = 100;

    private Failures() {}

    static <T> @Nullable T first(Throwable failure, Function<Throwable, @Nullable T> what) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> heads = new ArrayDeque<>();
        heads.add(failure);
        while (!heads.isEmpty()) {
            Throwable cause = heads.remove();
            while (cause != null && seen.size() < MOST && seen.add(cause)) {
                T found = what.apply(cause);
                if (found != null) {
                    return found;
                }
                Collections.addAll(heads, cause.getSuppressed());
                cause = cause.getCause();
            }
        }
        return null;
    }

    static boolean mentions(Throwable failure, Throwable wanted) {
        return first(failure, each -> each == wanted ? each : null) != null;
    }
}
