package io.github.resiliencestarter.samples.storage.codes;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;

/**
 * Publishes codes in the background. A bean of its own: {@code @Async} hands over to another thread first, and the protected
 * call, with its waits, runs there from its beginning to its end.
 */
@Service
public class CodePublisher {

    private final QrCodes codes;
    private final OracleStorage storage;

    CodePublisher(QrCodes codes, OracleStorage storage) {
        this.codes = codes;
        this.storage = storage;
    }

    /** @return where the code can be read, or a {@link StorageException} */
    @Async
    public CompletableFuture<String> publish(String contents) {
        try {
            return CompletableFuture.completedFuture(storage.upload(contents, codes.png(contents)));
        } catch (IOException e) {
            // the fallback wraps it; the compiler only sees what upload declares
            return CompletableFuture.failedFuture(e);
        }
    }
}
