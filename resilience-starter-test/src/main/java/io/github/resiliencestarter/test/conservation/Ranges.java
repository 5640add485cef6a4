package io.github.resiliencestarter.test.conservation;

/** Writes numbers so that a person can take them in: neighbours as a range. */
final class Ranges {

    /** Beyond that nobody reads on, and a build's log suffers. */
    private static final int MOST_SHOWN = 1_000;

    private Ranges() {}

    /** The numbers, ascending, without repetitions. */
    static String of(long[] numbers) {
        StringBuilder text = new StringBuilder();
        int shown = 0;
        for (int first = 0; first < numbers.length; ) {
            int last = first;
            while (last + 1 < numbers.length && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            if (shown++ == MOST_SHOWN) {
                return text + " and " + (numbers.length - first) + " more, up to " + numbers[numbers.length - 1];
            }
            text.append(text.isEmpty() ? "" : ", ").append(numbers[first]);
            if (last > first) {
                text.append('-').append(numbers[last]);
            }
            first = last + 1;
        }
        return text.toString();
    }
}
