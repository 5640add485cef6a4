package io.github.resiliencestarter.test.messaging;

import io.github.resiliencestarter.messaging.Headers;
import org.jspecify.annotations.Nullable;

/** A message as a broker gives it to whoever reads it: a dead letter in its queue, or a replay at its source. */
public record TransportedMessage(byte @Nullable [] key, byte @Nullable [] payload, Headers headers) {

    @Override
    public String toString() {
        return (payload == null ? "tombstone" : payload.length + " B") + ' ' + headers;
    }
}
