package io.github.resiliencestarter.benchmarks.messages;

import java.util.Optional;

/**
 * One run of one peer over one load.
 *
 * @param good how many records were processed; too few if the peer got stuck
 * @param poisonAttempts how often poison records were tried
 * @param again how many were processed a second time
 * @param deadLetters how many records there are in the dead letter topic
 * @param exactly whether these are the poison records, each once
 * @param mostInFlight the most dead letters of ours that were on their way at a time
 * @param millis from the first record to the last one that was processed or confirmed as a dead letter
 * @param cpuNanos processor time of the consumer thread for all good records and whatever failed between them
 */
record Measured(
        MessagePeer peer,
        Load load,
        int good,
        int poisonAttempts,
        int again,
        long deadLetters,
        boolean exactly,
        long mostInFlight,
        long millis,
        long cpuNanos) {

    private static final String MARK = "measured";

    boolean isComplete() {
        return good >= load.measuredGood() && exactly;
    }

    double perSecond() {
        return load.measured() * 1000.0 / Math.max(1, millis);
    }

    double cpuNanosPerRecord() {
        return (double) cpuNanos / load.measured();
    }

    /** What one JVM says to the other. */
    String line() {
        return String.join(
                " ",
                MARK,
                peer.name(),
                load.toString(),
                Integer.toString(good),
                Integer.toString(poisonAttempts),
                Integer.toString(again),
                Long.toString(deadLetters),
                Boolean.toString(exactly),
                Long.toString(mostInFlight),
                Long.toString(millis),
                Long.toString(cpuNanos));
    }

    static Optional<Measured> parse(String line) {
        String[] parts = line.split(" ");
        if (!parts[0].equals(MARK)) {
            return Optional.empty();
        }
        return Optional.of(new Measured(
                MessagePeer.valueOf(parts[1]),
                Load.parse(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]),
                Long.parseLong(parts[6]),
                Boolean.parseBoolean(parts[7]),
                Long.parseLong(parts[8]),
                Long.parseLong(parts[9]),
                Long.parseLong(parts[10])));
    }
}
