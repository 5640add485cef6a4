package io.github.resiliencestarter.samples.storage.codes;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.samples.storage.client.ObjectStoreClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The one class that talks to the store. No log statement: the library writes one line for each failed call. */
@Component
class OracleStorage {

    private final ObjectStoreClient store;
    private final MeterRegistry meters;

    OracleStorage(ObjectStoreClient store, MeterRegistry meters) {
        this.store = store;
        this.meters = meters;
    }

    /** Nothing is caught or wrapped here: retry and circuit breaker decide by the exception of the client. */
    // tag::upload[]
    @ResilientCall(name = "oracleStorage", fallback = "uploadFallback", idempotent = true)
    public String upload(String contents, byte[] png) throws IOException {
        return store.put(nameOf(contents), png);
    }

    private String uploadFallback(String contents, byte[] png, CallNotPermittedException e) {
        count(e);
        throw new StorageException("Not stored, for the store is given a rest: " + nameOf(contents), e);
    }

    private String uploadFallback(String contents, byte[] png, Exception e) {
        count(e);
        throw new StorageException("Not stored: " + nameOf(contents), e);
    }
    // end::upload[]

    /** The class and not the message: a tag must not have endlessly many values. */
    private void count(Exception e) {
        meters.counter("storage.upload.failures", "exception", e.getClass().getSimpleName())
                .increment();
    }

    /** The same contents have the same name: a repeated upload replaces the object, so it may be retried. */
    static String nameOf(String contents) {
        return UUID.nameUUIDFromBytes(contents.getBytes(StandardCharsets.UTF_8)) + ".png";
    }
}
