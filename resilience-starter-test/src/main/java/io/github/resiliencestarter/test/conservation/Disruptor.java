package io.github.resiliencestarter.test.conservation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Lets the planned disruptions happen, one after the other, while messages are sent; every one that has begun is ended. */
final class Disruptor implements Callable<List<Disrupted>> {

    private static final long LOOK_EVERY_MILLISECOND = 1;

    private final List<Planned> planned;
    private final Sender sender;
    private final long start = System.nanoTime();
    private volatile boolean sendingIsOver;

    Disruptor(List<Planned> planned, Sender sender) {
        this.planned = planned;
        this.sender = sender;
    }

    /** No more messages: what has not begun begins now. */
    void sendingIsOver() {
        sendingIsOver = true;
    }

    @Override
    public List<Disrupted> call() throws InterruptedException {
        List<Disrupted> happened = new ArrayList<>();
        for (Planned next : planned) {
            while (sender.sent() < next.atMessage() && !sendingIsOver) {
                Thread.sleep(LOOK_EVERY_MILLISECOND);
            }
            long atMessage = sender.sent();
            Duration began = elapsed();
            try {
                next.disruption().apply();
                Thread.sleep(next.duration().toMillis());
            } finally {
                next.disruption().undo();
            }
            happened.add(new Disrupted(next.disruption().name(), atMessage, began, elapsed()));
        }
        return happened;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
