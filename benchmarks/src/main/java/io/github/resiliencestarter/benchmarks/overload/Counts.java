package io.github.resiliencestarter.benchmarks.overload;

import java.util.Arrays;

/** What happened in each second. */
final class Counts {

    private final int[] calls;
    private final int[] answers;
    private final int[] requests;
    private final int[] rejections;

    Counts(Model model) {
        int seconds = Math.toIntExact(model.end().toSeconds());
        calls = new int[seconds];
        answers = new int[seconds];
        requests = new int[seconds];
        rejections = new int[seconds];
    }

    void called(long nanos) {
        calls[second(nanos)]++;
    }

    void answered(long nanos) {
        answers[second(nanos)]++;
    }

    void sent(long nanos) {
        requests[second(nanos)]++;
    }

    void rejectedByBreaker(long nanos) {
        rejections[second(nanos)]++;
    }

    int seconds() {
        return calls.length;
    }

    /** Calls of the clients. */
    int calls(int from, int to) {
        return sum(calls, from, to);
    }

    /** Calls that were answered: the goodput. */
    int answers(int from, int to) {
        return sum(answers, from, to);
    }

    /** Attempts that were sent to the server. */
    int requests(int from, int to) {
        return sum(requests, from, to);
    }

    /** Calls that a breaker kept from the server. */
    int rejections(int from, int to) {
        return sum(rejections, from, to);
    }

    private static int sum(int[] counts, int from, int to) {
        return Arrays.stream(counts, from, to).sum();
    }

    private static int second(long nanos) {
        return (int) (nanos / 1_000_000_000);
    }
}
