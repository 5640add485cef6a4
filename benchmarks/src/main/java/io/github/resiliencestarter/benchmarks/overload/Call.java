package io.github.resiliencestarter.benchmarks.overload;

/**
 * One logical call: the breaker is asked once, attempts follow each other, and one outcome is recorded. The rules are those
 * of the pipeline: a trial has one attempt, and the breaker is looked at before a wait and after it.
 */
final class Call {

    private final Timeline time;
    private final Model model;
    private final Server server;
    private final Instance instance;
    private final Counts counts;
    private boolean trial;
    private int attempts;
    private long longestAttempt;

    Call(Timeline time, Model model, Server server, Instance instance, Counts counts) {
        this.time = time;
        this.model = model;
        this.server = server;
        this.instance = instance;
        this.counts = counts;
    }

    void start() {
        counts.called(time.now());
        if (instance.mayCall()) {
            trial = instance.isTrial();
            attempt();
        } else {
            counts.rejectedByBreaker(time.now());
        }
    }

    private void attempt() {
        attempts++;
        counts.sent(time.now());
        Attempt attempt = new Attempt(time.now());
        time.after(model.latency(), attempt::arrive);
        time.after(model.timeout(), attempt::timedOut);
    }

    private void failed() {
        if (!trial && instance.mayTryAgain(attempts)) {
            time.after(instance.wait(attempts), this::again);
        } else {
            instance.ended(false, longestAttempt);
        }
    }

    private void again() {
        if (instance.isClosed()) {
            attempt();
        } else {
            instance.ended(false, longestAttempt);
        }
    }

    private void succeeded() {
        counts.answered(time.now());
        instance.ended(true, longestAttempt);
    }

    /** It ends once: with the answer, the rejection or the timeout, whichever is first. */
    private final class Attempt implements Server.Request {

        private final long started;
        private boolean ended;

        Attempt(long started) {
            this.started = started;
        }

        void arrive() {
            if (!server.accept(this)) {
                time.after(model.latency(), () -> end(Call.this::failed));
            }
        }

        @Override
        public boolean answered() {
            boolean inTime = !ended;
            time.after(model.latency(), () -> end(Call.this::succeeded));
            return inTime;
        }

        void timedOut() {
            end(Call.this::failed);
        }

        private void end(Runnable then) {
            if (!ended) {
                ended = true;
                longestAttempt = Math.max(longestAttempt, time.now() - started);
                then.run();
            }
        }
    }
}
