package io.github.resiliencestarter.test;

import io.github.resiliencestarter.ResilientCall;
import java.io.IOException;

/** A remote that is well. */
public class Storage {

    @ResilientCall(name = "oracleStorage", fallback = "keep", idempotent = true)
    public String upload(String contents) throws IOException {
        return "stored";
    }

    @SuppressWarnings("unused") // named by the annotation
    private String keep(String contents, Exception failure) {
        return "kept";
    }
}
