package io.github.resiliencestarter.samples.storage.client;

/** The store has answered with an error. */
public class StorageClientException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public StorageClientException(int status, String message) {
        super(message + " (status " + status + ")");
        this.status = status;
    }

    public int status() {
        return status;
    }
}
