package io.github.resiliencestarter.benchmarks.messages;

import java.util.Optional;

/**
 * One run of one peer over one load.
 *
 * @param good how many messages were processed; too few if the peer got stuck
 * @param poisonAttempts how often poison messages were tried
 * @param again how many were processed a second time
 * @param letters how many messages there are in the dead letter queue
 * @param missing how many poison messages are not there
 * @param tooMany how many letters should not be there
 * @param left how many messages are in the queue still
 * @param mostInFlight the most dead letters of ours that were on their way at a time
 * @param millis from the first message to the last one that was processed or was seen in the dead letter queue
 * @param cpuNanos processor time of the consumer thread for all good messages and whatever failed between them
 */
record RabbitMeasured(
        RabbitPeer peer,
        RabbitLoad load,
        int good,
        int poisonAttempts,
        int again,
        int letters,
        int missing,
        int tooMany,
        long left,
        int mostInFlight,
        long millis,
        long cpuNanos) {

    private static final String MARK = "measured";

    boolean isComplete() {
        return good == load.messages().measuredGood() && missing == 0 && left == 0;
    }

    /** Whether each poison message has one letter, and nothing else has one. */
    boolean isExact() {
        return isComplete() && tooMany == 0 && again == 0;
    }

    double perSecond() {
        return load.messages().records() * 1000.0 / Math.max(1, millis);
    }

    double cpuNanosPerMessage() {
        return (double) cpuNanos / load.messages().records();
    }

    /** What one JVM says to the other. */
    String line() {
        return "%s %s %s %d %d %d %d %d %d %d %d %d %d"
                .formatted(
                        MARK,
                        peer,
                        load,
                        good,
                        poisonAttempts,
                        again,
                        letters,
                        missing,
                        tooMany,
                        left,
                        mostInFlight,
                        millis,
                        cpuNanos);
    }

    static Optional<RabbitMeasured> parse(String line) {
        String[] parts = line.split(" ");
        if (!parts[0].equals(MARK)) {
            return Optional.empty();
        }
        return Optional.of(new RabbitMeasured(
                RabbitPeer.valueOf(parts[1]),
                RabbitLoad.parse(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]),
                Integer.parseInt(parts[6]),
                Integer.parseInt(parts[7]),
                Integer.parseInt(parts[8]),
                Long.parseLong(parts[9]),
                Integer.parseInt(parts[10]),
                Long.parseLong(parts[11]),
                Long.parseLong(parts[12])));
    }
}
