package io.github.resiliencestarter.docs;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resiliencestarter.ResilientCall;
import java.io.IOException;
import org.springframework.stereotype.Component;

@Component
class ObjectStorage {

    interface Client {
        String put(String name, byte[] bytes) throws IOException;

        byte[] get(String name) throws IOException;
    }

    private final Client client;

    ObjectStorage(Client client) {
        this.client = client;
    }

    // tag::most-specific[]
    @ResilientCall(name = "objectStorage", fallback = "uploadFallback", idempotent = true)
    public String upload(String name, byte[] bytes) throws IOException {
        return client.put(name, bytes);
    }

    private String uploadFallback(String name, byte[] bytes, CallNotPermittedException rejected) {
        return "queued:" + name;
    }

    private String uploadFallback(String name, byte[] bytes, Exception failure) {
        throw new StorageException("Upload of " + name + " failed", failure);
    }
    // end::most-specific[]

    // tag::other-bean[]
    @ResilientCall(name = "objectStorage", fallback = "localCopies::read", idempotent = true)
    public byte[] download(String name) throws IOException {
        return client.get(name);
    }
    // end::other-bean[]

    // tag::wrap-with[]
    @ResilientCall(name = "objectStorage", wrapWith = StorageException.class, idempotent = true)
    public byte[] thumbnail(String name) throws IOException {
        return client.get("thumbnails/" + name);
    }
    // end::wrap-with[]

    @Component("localCopies")
    static class LocalCopies {
        byte[] read(String name) {
            return new byte[0];
        }
    }
}
