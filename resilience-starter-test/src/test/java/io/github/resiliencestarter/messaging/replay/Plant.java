package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import io.github.resiliencestarter.test.messaging.InMemoryReplayStore;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that replays take, in memory and on virtual time; several instances share the stores. */
final class Plant {

    final VirtualTime time = new VirtualTime();
    final InMemoryDeadLetterStore letters = new InMemoryDeadLetterStore(time.clock());
    final InMemoryReplayStore jobs = new InMemoryReplayStore(time.clock());
    final Consumer consumer = new Consumer(letters, time.clock());
    final List<ReplayJob> ended = new ArrayList<>();
    final Replays replays = new Replays(letters, jobs, time.clock(), () -> {});
    private int parked;

    private final MessageObserver observer = new MessageObserver() {
        @Override
        public void replayEnded(ReplayJob job) {
            ended.add(job);
        }
    };

    ReplayRunner instance(String name, ReplaySchedule... schedules) {
        ReplayParts parts = new ReplayParts(
                letters,
                jobs,
                () -> List.of(consumer),
                observer,
                LetterTraces.NONE,
                time,
                ReplayProperties.DEFAULTS,
                name);
        return new ReplayRunner(parts, new ReplaySchedules(List.of(schedules), letters, jobs, time.clock()));
    }

    /** Runs what there is to run, as one instance. */
    void run() throws InterruptedException {
        ReplayRunner runner = instance("one");
        while (runner.runNext(() -> false)) {}
    }

    List<String> park(String topic, int count) {
        return park(topic, count, 0);
    }

    List<String> park(String topic, int count, int replayCount) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Source.Topic source = new Source.Topic("billing", topic, 0, parked++);
            ids.add(source.letterId());
            letters.park(new DeadLetter(
                    source.letterId(),
                    source,
                    null,
                    new byte[] {1},
                    Headers.NONE,
                    Failure.of(new IllegalStateException("no stock")),
                    4,
                    time.now(),
                    time.now(),
                    replayCount,
                    null));
        }
        return ids;
    }

    ReplayRequest all(String topic) {
        return new ReplayRequest(LetterFilter.ofSource(topic), null, 0, false, 3, "alice", "fixed");
    }

    ReplayRequest canary(String topic) {
        return new ReplayRequest(LetterFilter.ofSource(topic), null, 0, true, 3, "alice", "fixed");
    }

    ReplayRequest perSecond(String topic, double perSecond) {
        return new ReplayRequest(LetterFilter.ofSource(topic), null, perSecond, false, 3, "alice", null);
    }

    ReplayRequest single(String id) {
        return new ReplayRequest(LetterFilter.ALL, id, 50, true, 3, "alice", null);
    }

    ReplayJob job(String id) {
        return jobs.find(id).orElseThrow();
    }

    LetterStatus status(String id) {
        return letters.find(id).orElseThrow().status();
    }

    @Nullable
    String note(String id) {
        return letters.find(id).orElseThrow().note();
    }
}
