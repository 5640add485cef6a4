package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import io.github.resiliencestarter.rabbit.deadletter.CompanionQueue.Purpose;
import java.util.List;

/** Whether a companion that somebody else has declared does what it is for. Its type does not matter. */
record CompanionRules(CompanionFindings findings) {

    /** What makes a queue a delay queue: with others messages would wait for ever, or be dropped. */
    private static final List<String> OF_DELAY =
            List.of(KnownQueue.MESSAGE_TTL, KnownQueue.DEAD_LETTER_EXCHANGE, KnownQueue.DEAD_LETTER_ROUTING_KEY);

    void check(CompanionQueue companion, KnownQueue known) {
        if (known.isStream()) {
            findings.errors().add(QueueProblems.companionIsStream(companion));
            return;
        }
        if (!known.permanent()) {
            findings.warnings().add(QueueProblems.notPermanent(companion));
        }
        if (companion.purpose() == Purpose.DELAY) {
            delay(companion, known);
        } else {
            keeps(companion, known);
        }
    }

    private void delay(CompanionQueue companion, KnownQueue known) {
        for (String argument : OF_DELAY) {
            String wanted = String.valueOf(companion.arguments().get(argument));
            String got = known.text(argument);
            if (!wanted.equals(got)) {
                findings.errors().add(QueueProblems.otherDelay(companion, argument, got, wanted));
                return;
            }
        }
    }

    private void keeps(CompanionQueue companion, KnownQueue known) {
        String argument = known.dropsBy();
        if (argument != null) {
            findings.warnings().add(QueueProblems.drops(companion, argument, String.valueOf(known.text(argument))));
        }
        Object limit = companion.arguments().get(KnownQueue.DELIVERY_LIMIT);
        if (known.isQuorum() && limit != null && !limit.toString().equals(known.text(KnownQueue.DELIVERY_LIMIT))) {
            findings.warnings().add(QueueProblems.delivers(companion, known.text(KnownQueue.DELIVERY_LIMIT)));
        }
    }
}
