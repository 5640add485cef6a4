package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** One strategy of a pipeline. It is linked to the next one inside when the pipeline is assembled, and has no state. */
abstract class Stage {

    abstract @Nullable Object run(Execution execution) throws Throwable;
}
