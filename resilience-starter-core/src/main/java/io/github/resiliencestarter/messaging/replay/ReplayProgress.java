package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.ReplayJob;

/**
 * How far a replay has come. Immutable. What became of its letters is read from the letters themselves, so it is true also after
 * the replay has ended; a letter that was replayed again since, by another replay, belongs to that one.
 *
 * @param resolved how many of the letters that were sent have been processed
 * @param failedAgain how many have failed again, and are open
 * @param notSeenYet how many have been sent, and nobody has told of them since
 * @param left how many are to be sent; 0 for a replay that has ended
 * @param leftOut how many are left out, because they were replayed too often; 0 for a replay that has ended
 * @param perSecond how many were sent in a second, on average since it was started
 */
public record ReplayProgress(
        ReplayJob job, long resolved, long failedAgain, long notSeenYet, long left, long leftOut, double perSecond) {}
