package io.github.resiliencestarter.messaging;

import org.jspecify.annotations.Nullable;

/**
 * One run in which letters go back to where they failed. Immutable.
 *
 * @param id travels in a header, and tells when the message is processed or fails again which run it belongs to
 * @param requestedBy who asked for it, as the host's security knows them
 * @param reason why, in that person's words; null if none was given
 */
public record Replay(
        String id, String requestedBy, @Nullable String reason) {}
