package io.github.resiliencestarter.test.conservation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A broker and its consumer in a few lines: each number is processed at once. Tests plant their bugs in {@link #send}. */
class InMemoryTransport implements Transport {

    static final CompletionStage<?> ACKNOWLEDGED = CompletableFuture.completedStage(null);

    final Numbers processed = new Numbers();
    final Numbers deadLettered = new Numbers();
    final Numbers parked = new Numbers();
    final Numbers remaining = new Numbers();

    @Override
    public CompletionStage<?> send(long number) {
        processed.add(number);
        return ACKNOWLEDGED;
    }

    @Override
    public Numbers processed() {
        return processed;
    }

    @Override
    public Numbers deadLettered() {
        return deadLettered;
    }

    @Override
    public Numbers parked() {
        return parked;
    }

    @Override
    public Numbers remaining() {
        return remaining;
    }
}
