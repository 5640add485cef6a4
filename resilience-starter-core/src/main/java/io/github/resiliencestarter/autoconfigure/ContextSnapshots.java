package io.github.resiliencestarter.autoconfigure;

import io.micrometer.context.ContextSnapshotFactory;
import java.util.function.UnaryOperator;

/** Carries what Micrometer's context propagation knows of to another thread. Its own class, so that it may be absent. */
final class ContextSnapshots implements UnaryOperator<Runnable> {

    static final UnaryOperator<Runnable> INSTANCE = new ContextSnapshots();

    private final ContextSnapshotFactory snapshots =
            ContextSnapshotFactory.builder().build();

    private ContextSnapshots() {}

    @Override
    public Runnable apply(Runnable task) {
        return snapshots.captureAll().wrap(task);
    }
}
