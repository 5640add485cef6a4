package io.github.resiliencestarter.benchmarks.report;

import java.util.function.DoublePredicate;

/** What ours promises to cost, compared with its peers. */
record Target(String what, Figure figure, String limit, DoublePredicate reached) {

    static Target atMost(double limit, String what, Figure figure) {
        return new Target(what, figure, "<= " + number(limit), value -> value <= limit);
    }

    static Target atLeast(double limit, String what, Figure figure) {
        return new Target(what, figure, ">= " + number(limit), value -> value >= limit);
    }

    /** Worth knowing; nothing is promised. */
    static Target none(String what, Figure figure) {
        return new Target(what, figure, "", value -> true);
    }

    String verdict(Figure.Value value) {
        if (limit.isEmpty()) {
            return value.text();
        }
        return value.text() + (reached.test(value.number()) ? " yes" : " **NO**");
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }
}
