package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a peer gets to consume.
 *
 * @param queueType of the queue, and of its dead letter queue
 * @param messages how many there are, and which of them fail
 * @param backoffMillis how long is waited before a message is tried again
 */
record RabbitLoad(QueueType queueType, Load messages, long backoffMillis) {

    private static final long BACKOFF_MILLIS = 100;

    private static final List<Double> POISON_PERCENT = List.of(0.0, 1.0, 10.0);

    /** Where no message fails there is no back-off. */
    static List<RabbitLoad> all(int messages) {
        return Stream.of(QueueType.CLASSIC, QueueType.QUORUM)
                .flatMap(queueType -> Stream.of(0L, BACKOFF_MILLIS)
                        .flatMap(backoff -> POISON_PERCENT.stream()
                                .filter(percent -> backoff == 0 || percent > 0)
                                .map(percent -> new RabbitLoad(queueType, Load.of(messages, percent), backoff))))
                .toList();
    }

    static RabbitLoad parse(String text) {
        String[] parts = text.split("/", 3);
        return new RabbitLoad(QueueType.valueOf(parts[0]), Load.parse(parts[1]), Long.parseLong(parts[2]));
    }

    /** A queue with fewer messages, of which as large a part fails. */
    RabbitLoad withMostPoison(int poison) {
        return messages.poison() <= poison
                ? this
                : new RabbitLoad(
                        queueType,
                        Load.of((int) (100 * poison / messages.poisonPercent()), messages.poisonPercent()),
                        backoffMillis);
    }

    /** Enough for a run that is not measured. */
    RabbitLoad half() {
        return new RabbitLoad(queueType, Load.of(messages.records() / 2, messages.poisonPercent()), backoffMillis);
    }

    boolean isLike(QueueType otherType, double otherPercent, long otherBackoff) {
        return queueType == otherType && messages.poisonPercent() == otherPercent && backoffMillis == otherBackoff;
    }

    @Override
    public String toString() {
        return queueType + "/" + messages + "/" + backoffMillis;
    }
}
