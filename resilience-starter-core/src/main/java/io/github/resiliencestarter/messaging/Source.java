package io.github.resiliencestarter.messaging;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Where a message failed: at which place of the broker, and for whom. Immutable. */
public sealed interface Source {

    /** The topic or the queue: what people filter by. */
    String name();

    /** Who failed: a consumer group, or the queue itself. A replay is for this one alone. */
    String group();

    /**
     * A record of a topic.
     *
     * @param offset together with group, topic and partition it names the record for ever
     */
    record Topic(String group, String topic, int partition, long offset) implements Source {

        @Override
        public String name() {
            return topic;
        }

        /** The same for the same record, so that a letter that was sent twice is recognised. */
        public String letterId() {
            String identity = group + '\n' + topic + '\n' + partition + '\n' + offset;
            return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
    }

    /**
     * A message of a queue. A queue has no positions: the letter gets an id when the message fails for the first time, and
     * carries it in a header from then on.
     *
     * @param exchange where it was published; empty for the default exchange
     */
    record Queue(String queue, String exchange, String routingKey) implements Source {

        @Override
        public String name() {
            return queue;
        }

        @Override
        public String group() {
            return queue;
        }
    }
}
