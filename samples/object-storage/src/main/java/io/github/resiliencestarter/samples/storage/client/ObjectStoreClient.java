package io.github.resiliencestarter.samples.storage.client;

import java.io.IOException;

/** What the vendor of an object store gives to its customers. */
public interface ObjectStoreClient {

    /**
     * @return where the object can be read
     * @throws IOException if the store cannot be reached
     * @throws StorageClientException if the store answers, but not with success
     * @throws IllegalArgumentException if no store could take this object
     */
    String put(String name, byte[] content) throws IOException;
}
