package io.github.resiliencestarter.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where letters are kept until somebody has put them right. An implementation is thread-safe, is used by several instances of a
 * service at once, and passes the contract test that the test kit has for it. Times are those of the store's own clock.
 */
public interface DeadLetterStore {

    /** What {@link #park} found. */
    enum Parked {
        /** It was not there. */
        NEW,
        /** It was there, with the same replay count or a higher one: it came a second time. */
        KNOWN,
        /** It was there and had been replayed since: it has failed again, and is open again. */
        REOPENED
    }

    /**
     * Keeps the letter, once for its id. When it returns, the letter survives a crash of this process, and of the store where the
     * store has a disk.
     */
    Parked park(DeadLetter letter);

    /**
     * Keeps a letter that a handler has settled, as {@link LetterStatus#RESOLVED}. One that is known already is resolved, too.
     *
     * @param note how
     */
    void settle(DeadLetter letter, String note);

    Optional<ParkedLetter> find(String id);

    /**
     * The letters that are meant, in the order in which they came.
     *
     * @param after the id of the last letter of the page before; null for the first page
     * @param limit at most so many; positive
     */
    List<ParkedLetter> find(LetterFilter filter, @Nullable String after, int limit);

    long count(LetterFilter filter);

    /** When the oldest open letter of those that are meant was parked; empty if there is none. Cheap enough for a gauge. */
    Optional<Instant> oldestOpen(LetterFilter filter);

    /** The letters that are meant, by source and fingerprint, the largest group first. */
    List<LetterGroup> groups(LetterFilter filter);

    /**
     * Takes open letters that nobody else has, in the order in which they came, and keeps others off them for as long as the lease.
     *
     * @param owner the instance that takes them
     * @param limit at most so many; positive
     * @return what was taken, with the tokens by which it is {@linkplain #finish finished}
     */
    List<ParkedLetter> claim(LetterFilter filter, String owner, Duration lease, int limit);

    /** Takes this one letter, as {@link #claim(LetterFilter, String, Duration, int)} does; empty if it is not open, or taken. */
    Optional<ParkedLetter> claim(String id, String owner, Duration lease);

    /**
     * Gives a claimed letter its new status, and gives it back. What has happened to it since it was claimed takes precedence: a
     * letter that was resolved stays resolved, and one that has failed again stays open.
     *
     * @param token as it was claimed
     * @return false if somebody else has claimed it since: the caller has been fenced, and must stop
     */
    boolean finish(String id, long token, LetterStatus status, @Nullable String note);

    /**
     * {@linkplain #finish Finishes} a letter as {@link LetterStatus#REPLAYED}, and notes which replay it was: that is noted even
     * where what has happened meanwhile takes precedence over the status.
     *
     * @return false if somebody else has claimed it since: the caller has been fenced, and must stop
     */
    boolean replayed(String id, long token, String replayId);

    /**
     * The message was processed after a replay, maybe before whoever replayed it came to say so.
     *
     * @param replayCount as the message has it in its header
     * @param replayId as the message has it in its header; null leaves what is known
     * @return false if there is no such letter, or it has failed again after that replay
     */
    boolean resolve(String id, int replayCount, @Nullable String replayId);

    /**
     * Gives an open letter that nobody has claimed another payload, and says so in its {@link #actions}. The payload with which it
     * came is kept with the first edit.
     *
     * @return false if there is no such letter, or it is not open, or claimed
     */
    boolean edit(String id, byte @Nullable [] payload, String by, String reason);

    /** An open or replayed letter is not needed; false if there is none of this id. */
    boolean discard(String id, String by, String reason);

    /** A discarded letter is open again; false if there is none of this id. */
    boolean reopen(String id, String by, String reason);

    /** What somebody did to this letter, the oldest first. Forgotten together with the letter. */
    List<LetterAction> actions(String id);

    /**
     * Forgets letters that are resolved or discarded and have been so for as long as this. Open letters are never forgotten.
     *
     * @return how many
     */
    long forget(Duration olderThan);
}
