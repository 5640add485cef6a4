package io.github.resiliencestarter.test.server;

import org.jspecify.annotations.Nullable;

/** One kind of server: whether it can be had here, and how. */
interface Provider<S extends Server> {

    Kind kind();

    /** Why it cannot be had in this mode, and what to do about it; null if it can. */
    @Nullable
    String absence(Mode mode, int nodes);

    /** A server that has not started. Asked only for a mode that has no {@link #absence}. */
    S create(Mode mode, int nodes);
}
