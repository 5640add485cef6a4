package io.github.resiliencestarter.benchmarks.overload;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * Some workers and a queue. It does not know who still waits for an answer, and so works for callers who have gone: that
 * is what lets an overload outlive its cause.
 */
final class Server {

    /** A request, as the server sees it. */
    interface Request {
        /** @return whether anybody still waited for the answer */
        boolean answered();
    }

    private final Timeline time;
    private final Model model;
    private final SplittableRandom random;
    private final Queue<Request> waiting = new ArrayDeque<>();
    private int working;
    private long done;
    private long wasted;

    Server(Timeline time, Model model, SplittableRandom random) {
        this.time = time;
        this.model = model;
        this.random = random;
    }

    /** @return false if the queue is full */
    boolean accept(Request request) {
        if (working < model.workers()) {
            work(request);
            return true;
        }
        return waiting.size() < model.queue() && waiting.add(request);
    }

    private void work(Request request) {
        working++;
        long nanos = (long) (model.service().toNanos() * Arrivals.exponential(random));
        time.at(time.now() + nanos, () -> finish(request));
    }

    private void finish(Request request) {
        working--;
        done++;
        if (!request.answered()) {
            wasted++;
        }
        Request next = waiting.poll();
        if (next != null) {
            work(next);
        }
    }

    /** Requests that it has worked on. */
    long done() {
        return done;
    }

    /** Those of them for which nobody waited any more. */
    long wasted() {
        return wasted;
    }
}
