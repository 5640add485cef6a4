package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.ResilientCall;
import java.io.IOException;

/** Something that fails as often as it is told to. Public, for its proxy may be made in another class loader. */
public class Remote {

    private int failures;
    private RuntimeException answer;

    static class InvalidCard extends RuntimeException {}

    static class StorageException extends RuntimeException {
        StorageException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    void failsTimes(int failures) {
        this.failures = failures;
    }

    void throwsAlways(RuntimeException exception) {
        this.answer = exception;
    }

    @ResilientCall(name = "plain", idempotent = true)
    public String plain() throws IOException {
        return answer();
    }

    @ResilientCall(name = "guarded", fallback = "fallback", idempotent = true)
    public String guarded() throws IOException {
        return answer();
    }

    @ResilientCall(name = "wrapped", wrapWith = StorageException.class, idempotent = true)
    public String wrapped() throws IOException {
        return answer();
    }

    private String fallback(Exception e) {
        return "from the fallback";
    }

    private String answer() throws IOException {
        if (answer != null) {
            throw answer;
        }
        if (failures-- > 0) {
            throw new IOException("secret of the remote");
        }
        return "answer";
    }
}
