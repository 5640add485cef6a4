package io.github.resiliencestarter.test.messaging;

import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.ReplayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps replays in memory, and keeps the whole contract but one point: they do not survive the JVM. Thread-safe. */
public final class InMemoryReplayStore implements ReplayStore {

    private final Clock clock;
    private final Map<String, ReplayJob> jobs = new LinkedHashMap<>();
    private final Map<String, Instant> leases = new LinkedHashMap<>();

    /** @param clock what leases and retention go by, such as virtual time */
    public InMemoryReplayStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean create(String id, ReplayRequest request) {
        ReplayJob job = new ReplayJob(id, request, ReplayStatus.RUNNING, 0, 0, clock.instant(), null, null);
        return jobs.putIfAbsent(id, job) == null;
    }

    @Override
    public synchronized Optional<ReplayJob> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public synchronized List<ReplayJob> recent(int limit) {
        List<ReplayJob> all = new ArrayList<>(jobs.values());
        Collections.reverse(all);
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    @Override
    public synchronized Optional<ReplayJob> claim(String owner, Duration lease) {
        return jobs.values().stream()
                .filter(job -> job.status() == ReplayStatus.RUNNING && isFree(job))
                .findFirst()
                .map(job -> leased(job, job.token() + 1, job.sent(), lease));
    }

    @Override
    public synchronized Optional<ReplayJob> progress(String id, long token, long sent, Duration lease) {
        return mine(id, token).map(job -> leased(job, token, job.sent() + sent, lease));
    }

    @Override
    public synchronized void release(String id, long token) {
        mine(id, token).ifPresent(job -> {
            leased(job, token + 1, job.sent(), Duration.ZERO);
            leases.remove(id);
        });
    }

    @Override
    public synchronized boolean end(String id, long token, ReplayStatus status, @Nullable String note) {
        Optional<ReplayJob> mine = mine(id, token);
        mine.filter(job -> job.status() == ReplayStatus.RUNNING).ifPresent(job -> ended(job, status, note));
        return mine.isPresent();
    }

    @Override
    public synchronized boolean cancel(String id, String by) {
        Optional<ReplayJob> running = find(id).filter(job -> job.status() == ReplayStatus.RUNNING);
        running.ifPresent(job -> ended(job, ReplayStatus.CANCELLED, "cancelled by " + by));
        return running.isPresent();
    }

    @Override
    public synchronized long forget(Duration olderThan) {
        int before = jobs.size();
        Instant limit = clock.instant().minus(olderThan);
        jobs.values().removeIf(job -> job.endedAt() != null && !job.endedAt().isAfter(limit));
        return before - jobs.size();
    }

    private Optional<ReplayJob> mine(String id, long token) {
        return find(id).filter(job -> job.token() == token);
    }

    private boolean isFree(ReplayJob job) {
        Instant until = leases.get(job.id());
        return until == null || !until.isAfter(clock.instant());
    }

    private ReplayJob leased(ReplayJob job, long token, long sent, Duration lease) {
        leases.put(job.id(), clock.instant().plus(lease));
        return put(new ReplayJob(
                job.id(), job.request(), job.status(), token, sent, job.createdAt(), job.endedAt(), job.note()));
    }

    private void ended(ReplayJob job, ReplayStatus status, @Nullable String note) {
        put(new ReplayJob(
                job.id(), job.request(), status, job.token(), job.sent(), job.createdAt(), clock.instant(), note));
    }

    private ReplayJob put(ReplayJob job) {
        jobs.put(job.id(), job);
        return job;
    }
}
