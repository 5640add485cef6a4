package io.github.resiliencestarter.benchmarks.peer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The usual way to limit the time of a blocking call: another thread makes it, and the caller waits. */
final class HandOff implements Protection {

    private final Remote remote = new Remote();
    private final ExecutorService workers;

    private HandOff(ExecutorService workers) {
        this.workers = workers;
    }

    static Subject subject() {
        ExecutorService workers = Executors.newCachedThreadPool(work -> {
            Thread worker = new Thread(work, "hand-off");
            worker.setDaemon(true);
            return worker;
        });
        return Subject.of(new HandOff(workers)).closing(workers::shutdownNow);
    }

    @Override
    public String call(Request request) throws Exception {
        Future<String> answer = workers.submit(() -> remote.answer(request));
        return answer.get(Settings.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
