package io.github.resiliencestarter.benchmarks.messages;

import java.util.BitSet;
import java.util.Random;

/**
 * The records of a measurement: the same for every peer.
 *
 * @param records how many there are in the topic
 * @param poison how many of them can never be processed; which ones is decided by their number alone
 * @param measured how many of them are measured: the first ones. The others are there all the same, for at the end of a topic
 *     the broker holds a fetch back, and whoever seeks then waits for it
 */
record Load(int records, int poison, int measured) {

    static final int PARTITIONS = 4;
    static final int BYTES = 200;

    private static final int SEED = 42;

    static Load of(int records, double poisonPercent) {
        return new Load(records, (int) Math.round(records * poisonPercent / 100), records);
    }

    static Load parse(String text) {
        String[] numbers = text.split(":", 3);
        return new Load(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    /** So many of these records that a peer needs seconds, not minutes, for those of them that fail. */
    Load shortened(int mostPoison) {
        return poison <= mostPoison ? this : new Load(records, poison, (int) ((long) records * mostPoison / poison));
    }

    boolean isWhole() {
        return measured == records;
    }

    double poisonPercent() {
        return 100.0 * poison / records;
    }

    int measuredPoison() {
        return (int) ((long) poison * measured / records);
    }

    int measuredGood() {
        return measured - measuredPoison();
    }

    String topic() {
        return "orders-" + records + "-" + poison;
    }

    /** The numbers of those that fail, spread over the whole. */
    BitSet poisonNumbers() {
        Random random = new Random(SEED);
        BitSet numbers = new BitSet(records);
        while (numbers.cardinality() < poison) {
            numbers.set(random.nextInt(records));
        }
        return numbers;
    }

    @Override
    public String toString() {
        return records + ":" + poison + ":" + measured;
    }
}
