package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** Whoever waits for the result of an asynchronous call. It is told once, on whichever thread the call ends. */
public interface Receiver {

    void returned(@Nullable Object value);

    /** The caller's exception; a {@link java.util.concurrent.CancellationException} where it has given up itself. */
    void threw(Throwable failure);
}
