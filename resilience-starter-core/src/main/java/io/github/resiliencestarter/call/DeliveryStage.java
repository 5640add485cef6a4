package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** Outside of everything, where calls answer later: hands what comes out to whoever waits for it. */
final class DeliveryStage extends Stage {

    private final Stage next;

    DeliveryStage(Stage next) {
        super(next);
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        return next.run(execution);
    }

    @Override
    void start(AsyncExecution execution) {
        next.enter(execution);
    }

    @Override
    void succeeded(AsyncExecution execution, @Nullable Object value) {
        if (execution.end()) {
            execution.receiver().returned(value);
        } else {
            execution.receiver().threw(execution.cancellation());
        }
    }

    @Override
    void failed(AsyncExecution execution, Throwable failure) {
        execution.receiver().threw(execution.end() ? failure : execution.cancellation());
    }
}
