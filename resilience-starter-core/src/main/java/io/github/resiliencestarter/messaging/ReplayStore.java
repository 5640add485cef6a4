package io.github.resiliencestarter.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where replays are kept, so that they survive whoever runs them, and run on one instance at a time. An implementation is
 * thread-safe, is used by several instances of a service at once, and passes the contract test that the test kit has for it.
 * Times are those of the store's own clock.
 */
public interface ReplayStore {

    /**
     * A new replay, {@link ReplayStatus#RUNNING}, that nobody has claimed.
     *
     * @return false if there is one of this id already: somebody else was first
     */
    boolean create(String id, ReplayRequest request);

    Optional<ReplayJob> find(String id);

    /** The youngest first. */
    List<ReplayJob> recent(int limit);

    /** Those that are running, however many have been asked for since; the youngest first. */
    default List<ReplayJob> running() {
        return recent(Integer.MAX_VALUE).stream()
                .filter(job -> job.status() == ReplayStatus.RUNNING)
                .toList();
    }

    /** Takes the oldest running replay that nobody else has, and keeps others off it for as long as the lease. */
    Optional<ReplayJob> claim(String owner, Duration lease);

    /**
     * Adds to what was sent, and renews the lease.
     *
     * @param token as it was claimed
     * @return the replay as it is now, cancelled perhaps; empty if the caller has been fenced, and must stop
     */
    Optional<ReplayJob> progress(String id, long token, long sent, Duration lease);

    /**
     * Gives a claimed replay back while it is still running, so that another instance may go on at once. From then on the caller is
     * fenced; if it was fenced before, nothing happens.
     */
    void release(String id, long token);

    /**
     * Ends a running replay; one that was cancelled meanwhile stays so.
     *
     * @return false if the caller has been fenced, and must stop
     */
    boolean end(String id, long token, ReplayStatus status, @Nullable String note);

    /** Cancels a running replay, whoever runs it; false if it is not running. */
    boolean cancel(String id, String by);

    /**
     * Forgets replays that ended so long ago.
     *
     * @return how many
     */
    long forget(Duration olderThan);
}
