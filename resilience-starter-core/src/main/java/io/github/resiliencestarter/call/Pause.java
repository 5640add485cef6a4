package io.github.resiliencestarter.call;

import java.util.concurrent.CancellationException;

/** A wait that blocks no thread. */
final class Pause extends Pending {

    private final Stage stage;
    private final Runnable then;

    private Pause(AsyncExecution execution, Stage stage, Runnable then) {
        super(execution);
        this.stage = stage;
        this.then = then;
    }

    /** Goes on after the time, on another thread: also where it is zero, so that retries do not pile up on a stack. */
    static void start(AsyncExecution execution, Stage stage, CallClock clock, long nanos, Runnable then) {
        execution.leaveThread();
        Pause pause = new Pause(execution, stage, then);
        if (!execution.await(pause)) {
            stage.fail(execution, execution.cancellation());
        } else if (nanos <= 0) {
            pause.ringIfArmed();
        } else {
            clock.set(pause, nanos);
        }
    }

    @Override
    public void run() {
        try {
            then.run();
        } catch (Throwable failure) {
            stage.fail(execution(), failure);
        }
    }

    @Override
    void abandoned(CancellationException cancellation) {
        stage.fail(execution(), cancellation);
    }
}
