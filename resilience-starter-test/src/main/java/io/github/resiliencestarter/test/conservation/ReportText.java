package io.github.resiliencestarter.test.conservation;

import org.jspecify.annotations.Nullable;

/** A report as a person reads it: the verdict, the sum, the numbers, what happened meanwhile, and how to repeat it. */
final class ReportText {

    private final StringBuilder text = new StringBuilder();

    ReportText(ConservationReport report) {
        verdict(report);
        sum(report);
        numbers("lost", report.lost());
        numbers("never sent, and yet there", report.unexpected());
        numbers("processed more than once", report.processedAgain());
        numbers("in several places", report.inSeveralPlaces());
        numbers("more than once in one place", report.keptAgain());
        failure(report.sendFailure());
        line("what happened:" + (report.disruptions().isEmpty() ? " nothing" : ""));
        report.disruptions().forEach(disrupted -> line("  " + disrupted));
        line("repeat with -D" + Conservation.SEED + "=" + report.seed());
    }

    private void verdict(ConservationReport report) {
        if (report.isConserved()) {
            line("All messages are accounted for.");
        } else if (report.sent() < report.planned()) {
            line("Only " + report.sent() + " of " + report.planned() + " messages were sent,"
                    + " because the broker confirmed nothing any more.");
        } else if (report.acknowledged().isEmpty()) {
            line("None of the " + report.sent() + " messages was acknowledged, so nothing is proved.");
        } else {
            line(report.lost().size() + " of " + report.sent() + " messages are lost, and "
                    + report.unexpected().size() + " are there that nobody sent.");
        }
    }

    private void sum(ConservationReport report) {
        line("sent " + report.sent() + " (acknowledged " + report.acknowledged().size()
                + ", arrived without an acknowledgement "
                + report.arrivedUnacknowledged().size() + ")");
        line("processed " + report.processed().size() + ", dead-lettered "
                + report.deadLettered().size() + ", parked " + report.parked().size() + ", still in the broker "
                + report.remaining().size() + ", lost " + report.lost().size());
    }

    private void numbers(String name, Numbers numbers) {
        if (!numbers.isEmpty()) {
            line(name + " (" + numbers.size() + "): " + numbers);
        }
    }

    private void failure(@Nullable Throwable failure) {
        if (failure != null) {
            line("the first send that failed: " + failure);
        }
    }

    private void line(String line) {
        text.append(text.isEmpty() ? "" : "\n").append(line);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
