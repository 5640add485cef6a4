package io.github.resiliencestarter.test.server;

import java.io.Serial;

/**
 * A server cannot be had on this machine, and nothing is broken: the message says what to install. Tests are skipped with it,
 * unless the server is required by {@code resilience.test.require}.
 */
public class ServerUnavailableException extends ServerException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean required;

    public ServerUnavailableException(String message, boolean required) {
        super(message, null);
        this.required = required;
    }

    /** Whether a test that needs the server has to fail, not to be skipped. */
    public boolean isRequired() {
        return required;
    }
}
