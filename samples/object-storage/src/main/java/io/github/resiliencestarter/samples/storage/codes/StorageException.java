package io.github.resiliencestarter.samples.storage.codes;

/** A code is not stored. What the rest of the application knows of the failures of a store. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
