package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.Continuations.Captured;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries what Micrometer's context propagation knows of to another thread. Its own class, so that it may be absent. */
final class ContextSnapshots implements Supplier<@Nullable Captured> {

    static final ContextSnapshots INSTANCE = new ContextSnapshots();

    private final ContextSnapshotFactory snapshots =
            ContextSnapshotFactory.builder().build();

    private ContextSnapshots() {
        ContextRegistry.getInstance().registerThreadLocalAccessor(new CallScopeAccessor());
    }

    @Override
    public Captured get() {
        ContextSnapshot snapshot = snapshots.captureAll();
        return task -> {
            try (ContextSnapshot.Scope bound = snapshot.setThreadLocals()) {
                task.run();
            }
        };
    }
}
