package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.retry.DelayText;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How retry topics are called: {@code {topic}}, {@code {group}} and {@code {delay}} in the pattern are replaced. Immutable.
 *
 * @param pattern resilience.kafka.consumer.delayed-topic
 */
public record RetryTopicNames(String pattern) {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final String PROPERTY = "resilience.kafka.consumer.delayed-topic";

    /** @throws IllegalArgumentException if two delays, or two groups, would share a topic; the message has property and remedy */
    public RetryTopicNames {
        for (String part : List.of("{topic}", "{group}", "{delay}")) {
            if (!pattern.contains(part)) {
                throw new IllegalArgumentException(
                        ("%s: %s lacks %s, so retries of %s would be mixed up. Add it, as in {topic}-{group}-retry-{delay}")
                                .formatted(
                                        PROPERTY,
                                        pattern,
                                        part,
                                        switch (part) {
                                            case "{topic}" -> "different topics";
                                            case "{group}" -> "different consumer groups";
                                            default -> "different delays";
                                        }));
            }
        }
    }

    /**
     * Where records of this topic wait that this group has failed to process.
     *
     * @throws IllegalArgumentException if that is no name of a topic; the message has property and remedy
     */
    public String of(String group, String topic, Duration delay) {
        String name =
                pattern.replace("{topic}", topic).replace("{group}", group).replace("{delay}", DelayText.of(delay));
        if (!LEGAL.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    ("%s: %s makes '%s' of topic '%s' and group '%s', which is no name of a topic. Use letters, digits, '.', '_'"
                                    + " and '-', 249 characters at most, or a consumer group with such a name")
                            .formatted(PROPERTY, pattern, name, topic, group));
        }
        return name;
    }
}
