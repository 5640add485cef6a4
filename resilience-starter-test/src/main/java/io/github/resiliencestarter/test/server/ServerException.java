package io.github.resiliencestarter.test.server;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A server could not be started or did not do what it was told; the message says why, what to do, and ends with its log. */
public class ServerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
