package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.call.DaemonThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which letters are stored and sent again. Two: one that hangs in a dead connection leaves another. What waits
 * for them is bounded by the letters in flight. They end after half a minute without work.
 */
public final class LadderThreads {

    private LadderThreads() {}

    public static ExecutorService start() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                2,
                2,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                DaemonThreads.numbered("resilience-dead-letters-"));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
