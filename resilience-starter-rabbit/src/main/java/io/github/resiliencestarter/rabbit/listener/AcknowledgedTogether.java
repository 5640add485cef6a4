package io.github.resiliencestarter.rabbit.listener;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Of messages that were published as one: the broker is told when all are settled, or when the first one has to come again. */
final class AcknowledgedTogether implements Settlement {

    private final Settlement whole;
    private final AtomicInteger open;
    private final AtomicBoolean told = new AtomicBoolean();

    AcknowledgedTogether(Settlement whole, int parts) {
        this.whole = whole;
        this.open = new AtomicInteger(parts);
    }

    @Override
    public void settle() {
        if (open.decrementAndGet() == 0 && told.compareAndSet(false, true)) {
            whole.settle();
        }
    }

    @Override
    public void giveBack() {
        if (told.compareAndSet(false, true)) {
            whole.giveBack();
        }
    }
}
