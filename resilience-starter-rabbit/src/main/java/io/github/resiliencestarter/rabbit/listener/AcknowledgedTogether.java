package io.github.resiliencestarter.rabbit.listener;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Of messages that were published as one: the broker is told when all are settled, or when the first one has to come again. */
final class AcknowledgedTogether implements Settlement {

    private final Settlement whole;
    private final AtomicInteger open;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean oneHasFailed;

    AcknowledgedTogether(Settlement whole, int parts) {
        this.whole = whole;
        this.open = new AtomicInteger(parts);
    }

    @Override
    public void processed() {
        settle();
    }

    @Override
    public void settle() {
        if (open.decrementAndGet() > 0 || !told.compareAndSet(false, true)) {
            return;
        }
        if (oneHasFailed) {
            whole.settle();
        } else {
            whole.processed();
        }
    }

    @Override
    public void giveBack() {
        if (told.compareAndSet(false, true)) {
            whole.giveBack();
        }
    }

    @Override
    public boolean failed() {
        oneHasFailed = true;
        return whole.failed();
    }

    /** The listener cannot settle a message any more of which another part may become a dead letter. */
    @Override
    public void again(Tried before) {}
}
