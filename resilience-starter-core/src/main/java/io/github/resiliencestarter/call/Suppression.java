package io.github.resiliencestarter.call;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Keeps the exceptions that would otherwise be lost, in the one that is thrown. */
final class Suppression {

    /** An application may throw one exception object again and again; it must not grow without bound. */
    private static final int MOST = 32;

    private Suppression() {}

    /** The exception to throw, with the earlier one as a cause or suppressed in it. */
    static Throwable keep(Throwable earlier, Throwable toThrow) {
        if (!mentions(toThrow, earlier) && !mentions(earlier, toThrow) && toThrow.getSuppressed().length < MOST) {
            toThrow.addSuppressed(earlier);
        }
        return toThrow;
    }

    static Throwable keepAll(List<Throwable> earlier, Throwable toThrow) {
        earlier.forEach(each -> keep(each, toThrow));
        return toThrow;
    }

    private static boolean mentions(Throwable throwable, Throwable wanted) {
        return mentions(throwable, wanted, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean mentions(Throwable throwable, Throwable wanted, Set<Throwable> seen) {
        if (throwable == wanted) {
            return true;
        }
        if (!seen.add(throwable)) {
            return false;
        }
        Throwable cause = throwable.getCause();
        if (cause != null && mentions(cause, wanted, seen)) {
            return true;
        }
        for (Throwable suppressed : throwable.getSuppressed()) {
            if (mentions(suppressed, wanted, seen)) {
                return true;
            }
        }
        return false;
    }
}
