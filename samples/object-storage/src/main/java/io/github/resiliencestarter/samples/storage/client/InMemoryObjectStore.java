package io.github.resiliencestarter.samples.storage.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store without a network, which fails when it is told to. Thread-safe. */
public final class InMemoryObjectStore implements ObjectStoreClient {

    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final Map<String, byte[]> objects = new HashMap<>();
    private StoreMode mode = StoreMode.HEALTHY;
    private int requestsLeft = FOR_EVER;
    private int requests;

    public void switchTo(StoreMode mode) {
        switchTo(mode, FOR_EVER);
    }

    /** For so many requests; the store is healthy after them. */
    public synchronized void switchTo(StoreMode mode, int requests) {
        this.mode = mode;
        this.requestsLeft = requests;
        notifyAll();
    }

    @Override
    public synchronized String put(String name, byte[] content) throws IOException {
        requests++;
        switch (nextMode()) {
            case UNREACHABLE -> throw new ConnectException("Connection refused: objects.example");
            case FAILING -> throw new StorageClientException(503, "The bucket is being moved");
            case REFUSING -> throw new IllegalArgumentException("Not a name of an object: '" + name + "'");
            default -> objects.put(name, content.clone());
        }
        return "https://objects.example/codes/" + name;
    }

    public synchronized Optional<byte[]> get(String name) {
        return Optional.ofNullable(objects.get(name)).map(byte[]::clone);
    }

    /** How often the store was asked to take an object, with success or without. */
    public synchronized int requests() {
        return requests;
    }

    private StoreMode nextMode() throws IOException {
        while (mode == StoreMode.STALLED) {
            awaitAnotherMode();
        }
        StoreMode current = mode;
        if (requestsLeft != FOR_EVER && --requestsLeft == 0) {
            switchTo(StoreMode.HEALTHY);
        }
        return current;
    }

    private void awaitAnotherMode() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for the store");
        }
    }
}
