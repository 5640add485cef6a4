package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.ReplayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends parked letters back to where they failed, on one instance of the service at a time, whichever asks for it. A bean wherever
 * there are a {@link DeadLetterStore} and a {@link ReplayStore}. Thread-safe.
 */
public final class Replays {

    private final DeadLetterStore letters;
    private final ReplayStore replays;
    private final Clock clock;
    private final Runnable wake;

    /** @param wake tells who runs replays that there is a new one */
    public Replays(DeadLetterStore letters, ReplayStore replays, Clock clock, Runnable wake) {
        this.letters = letters;
        this.replays = replays;
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * Starts a replay, and does not wait for it.
     *
     * @throws IllegalArgumentException if the rate is negative, or the number of replays is not positive
     * @throws IllegalStateException if the one letter that is meant is not there, or not open
     */
    public ReplayJob start(ReplayRequest request) {
        check(request);
        String id = UUID.randomUUID().toString();
        replays.create(id, request);
        wake.run();
        return replays.find(id).orElseThrow();
    }

    /** What it would do; sends nothing, and throws as {@link #start}. */
    public ReplayForecast dryRun(ReplayRequest request) {
        check(request);
        if (request.letterId() != null) {
            return new ReplayForecast(1, 0, List.of(), Duration.ZERO);
        }
        long count = letters.count(ReplayLetters.meant(request));
        long all = letters.count(ReplayLetters.meantWithoutGuard(request));
        double seconds = request.perSecond() == 0 ? 0 : count / request.perSecond();
        return new ReplayForecast(
                count, all - count, letters.groups(ReplayLetters.meant(request)), Duration.ofMillis((long)
                        (seconds * 1_000)));
    }

    private void check(ReplayRequest request) {
        if (!(request.perSecond() >= 0) || Double.isInfinite(request.perSecond())) {
            throw new IllegalArgumentException("perSecond is " + request.perSecond()
                    + ": use a number of letters in a second such as 50, or 0 for no limit");
        }
        if (request.maxReplays() < 1) {
            throw new IllegalArgumentException(
                    "maxReplays is " + request.maxReplays() + ", which leaves out every letter: use 1 or more");
        }
        String letterId = request.letterId();
        if (letterId != null) {
            LetterStatus status = letters.find(letterId)
                    .map(ParkedLetter::status)
                    .orElseThrow(() -> new IllegalStateException("There is no letter '" + letterId + "'"));
            if (status != LetterStatus.OPEN) {
                throw new IllegalStateException(
                        "Letter '" + letterId + "' is " + status + "; only an OPEN one can be replayed");
            }
        }
    }

    /** How far it has come; empty if there is none of this id. */
    public Optional<ReplayProgress> progress(String id) {
        return replays.find(id).map(this::progress);
    }

    private ReplayProgress progress(ReplayJob job) {
        ReplayLetters ofJob = new ReplayLetters(letters, job);
        boolean running = job.status() == ReplayStatus.RUNNING;
        return new ReplayProgress(
                job,
                ofJob.sentAndNow(LetterStatus.RESOLVED),
                ofJob.sentAndNow(LetterStatus.OPEN),
                ofJob.sentAndNow(LetterStatus.REPLAYED),
                running ? ofJob.left() : 0,
                running ? ofJob.leftOut() : 0,
                rate(job));
    }

    private double rate(ReplayJob job) {
        Instant until = job.endedAt() == null ? clock.instant() : job.endedAt();
        double seconds = Duration.between(job.createdAt(), until).toMillis() / 1_000.0;
        return seconds <= 0 ? 0 : job.sent() / seconds;
    }

    /**
     * Cancels it, wherever it runs; letters that were not sent are open again within a second or so.
     *
     * @param by who, as the host's security knows them
     * @return false if it is not running
     */
    public boolean cancel(String id, String by) {
        return replays.cancel(id, by);
    }

    /** Those that are running; the youngest first. */
    public List<ReplayJob> running() {
        return replays.running();
    }

    /** The youngest first. */
    public List<ReplayJob> recent(int limit) {
        return replays.recent(limit);
    }
}
