package io.github.resiliencestarter.test.fault;

import java.io.Serial;

/** A failure that no remote has caused, where no other exception was asked for. */
public class InjectedFaultException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public InjectedFaultException(String message) {
        super(message);
    }
}
