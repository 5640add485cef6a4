package io.github.resiliencestarter.test.conservation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Lets the planned disruptions happen, one after the other, while messages are sent; every one that has begun is ended. */
final class Disruptor implements Callable<List<Disrupted>> {

    private final List<Planned> planned;
    private final Progress progress;
    private final long start = System.nanoTime();

    /** @param planned in the order of their messages */
    Disruptor(List<Planned> planned, Progress progress) {
        this.planned = planned;
        this.progress = progress;
    }

    @Override
    public List<Disrupted> call() throws InterruptedException {
        List<Disrupted> happened = new ArrayList<>();
        try {
            for (int i = 0; i < planned.size(); i++) {
                Planned next = planned.get(i);
                progress.permit(next.atMessage());
                progress.awaitSent(next.atMessage());
                long atMessage = progress.sent();
                progress.permit(i + 1 < planned.size() ? planned.get(i + 1).atMessage() : Long.MAX_VALUE);
                happened.add(happen(next.disruption(), next.duration(), atMessage));
            }
        } finally {
            progress.permit(Long.MAX_VALUE);
        }
        return happened;
    }

    private Disrupted happen(Disruption disruption, Duration duration, long atMessage) throws InterruptedException {
        Duration began = elapsed();
        try {
            disruption.apply();
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException | RuntimeException | Error failure) {
            undoAfter(failure, disruption);
            throw failure;
        }
        disruption.undo();
        return new Disrupted(disruption.name(), atMessage, began, elapsed());
    }

    /** What could not be begun can often not be ended either, and the first of the two says why. */
    private static void undoAfter(Throwable failure, Disruption disruption) {
        try {
            disruption.undo();
        } catch (RuntimeException | Error another) {
            failure.addSuppressed(another);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
