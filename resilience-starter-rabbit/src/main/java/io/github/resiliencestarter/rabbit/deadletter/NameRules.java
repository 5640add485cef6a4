package io.github.resiliencestarter.rabbit.deadletter;

import static io.github.resiliencestarter.rabbit.deadletter.QueueProblems.DELAYED_QUEUE;
import static io.github.resiliencestarter.rabbit.deadletter.QueueProblems.EXCHANGE;
import static io.github.resiliencestarter.rabbit.deadletter.QueueProblems.QUEUE;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What the patterns of names can make of a queue that is wrong. It needs no broker to be seen.
 *
 * @param parking whether there are parking queues
 */
record NameRules(DeadLetterNames names, boolean parking, CompanionFindings findings) {

    private static final String PARKING = "resilience.rabbit.parking.enabled";

    /** What AMQP has room for. */
    private static final int MAX_NAME = 255;

    void check(SourceQueue queue) {
        String source = queue.name();
        legal(EXCHANGE, names.exchange(), names.exchange(source), source, "{queue} and {suffix}");
        legal(QUEUE, names.queue(), names.of(source), source, "{queue} and {suffix}");
        if (names.of(source).equals(source)) {
            error(
                    QUEUE,
                    "%s with suffix '%s' makes queue '%s' its own dead letter queue, and each failure would come back at once"
                            .formatted(names.queue(), names.suffix(), source),
                    "Add a suffix");
        }
        if (parking) {
            legal(PARKING, names.parking("{queue}"), names.parking(source), source, "a shorter name for it");
        }
        for (Duration delay : queue.delays()) {
            String name = names.delayed(source, delay);
            legal(DELAYED_QUEUE, names.delayed(), name, source, "{queue} and {delay}");
            if (name.equals(source) || name.equals(names.of(source))) {
                error(
                        DELAYED_QUEUE,
                        "%s makes '%s' of queue '%s', which is another queue".formatted(names.delayed(), name, source),
                        "Use {queue} and {delay} in it");
            }
        }
    }

    private void legal(String property, String pattern, String name, String source, String placeholders) {
        boolean replaced = name.indexOf('{') < 0 || source.indexOf('{') >= 0;
        if (!replaced || name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            error(
                    property,
                    "%s makes '%s' of queue '%s', which is no name".formatted(pattern, name, source),
                    "Use " + placeholders + ", " + MAX_NAME + " bytes at most");
        }
    }

    private void error(String property, String what, String remedy) {
        findings.errors().add(new Problem(property, what, remedy));
    }
}
