package io.github.resiliencestarter.samples.storage.client;

/** How an {@link InMemoryObjectStore} behaves. */
public enum StoreMode {
    HEALTHY,
    /** No connection: every request is an {@link java.io.IOException}. */
    UNREACHABLE,
    /** Errors for answers: every request is a {@link StorageClientException}. */
    FAILING,
    /** The client finds every object unacceptable: an {@link IllegalArgumentException}. */
    REFUSING,
    /** As slow as can be: requests wait for the next mode, and then meet it. */
    STALLED
}
