package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids of letters whose message has none yet. */
final class LetterIds {

    private LetterIds() {}

    /**
     * The same for the same message where its publisher has told it from others, so that a letter that comes twice is recognised;
     * otherwise a new one each time, for messages that are equal may all be meant.
     */
    static String of(Source.Queue source, @Nullable String messageId, byte @Nullable [] body) {
        return messageId == null || messageId.isEmpty()
                ? UUID.randomUUID().toString()
                : UUID.nameUUIDFromBytes(digest(source, messageId, body)).toString();
    }

    private static byte[] digest(Source.Queue source, String messageId, byte @Nullable [] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String identity =
                    source.queue() + '\n' + source.exchange() + '\n' + source.routingKey() + '\n' + messageId + '\n';
            digest.update(identity.getBytes(StandardCharsets.UTF_8));
            return digest.digest(body == null ? new byte[0] : body);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
