package io.github.resiliencestarter.call;

import io.github.resiliencestarter.LastKnownGood;
import org.jspecify.annotations.Nullable;

/** What one call knows of earlier ones. Belongs to its {@link Execution}. */
final class Recollection {

    final AnswerMemory memory;
    final CallKey key;

    /** The answer of an earlier call, looked up when this one had failed. */
    @Nullable
    LastKnownGood found;

    /** Whether that is what the caller got. */
    boolean answered;

    Recollection(AnswerMemory memory, CallKey key) {
        this.memory = memory;
        this.key = key;
    }
}
