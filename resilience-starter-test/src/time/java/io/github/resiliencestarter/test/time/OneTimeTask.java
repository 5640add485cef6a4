package io.github.resiliencestarter.test.time;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task that runs once. */
final class OneTimeTask<V extends @Nullable Object> extends VirtualTask<V> {

    OneTimeTask(Callable<V> task, VirtualTime time, Agenda agenda, Instant due) {
        super(task, time, agenda, due);
    }

    @Override
    public void keep() {
        run();
    }
}
