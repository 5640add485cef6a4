package io.github.resiliencestarter.test.docs;

import io.github.resiliencestarter.ResilientCall;
import java.io.IOException;

/** What the documentation tests: an object store, and what is done without it. */
public class OracleStorage {

    @ResilientCall(name = "oracleStorage", fallback = "keepForLater", idempotent = true)
    public String upload(String contents) throws IOException {
        return "stored";
    }

    @SuppressWarnings("unused") // named by the annotation
    private String keepForLater(String contents, Exception failure) {
        return "kept for later";
    }
}
