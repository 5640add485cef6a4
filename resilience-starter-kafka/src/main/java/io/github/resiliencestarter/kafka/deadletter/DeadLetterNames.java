package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.parking.NamePattern;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How dead letter topics are called: {@code {topic}}, {@code {suffix}} and {@code {group}} in the pattern are replaced. Immutable.
 *
 * @param pattern resilience.kafka.consumer.dead-letter.topic
 * @param suffix resilience.kafka.consumer.dead-letter.suffix
 */
public record DeadLetterNames(String pattern, String suffix) {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    /** The property of the pattern. */
    public static final String PROPERTY = "resilience.kafka.consumer.dead-letter.topic";

    /**
     * Where the dead letters of this source go.
     *
     * @throws ResilienceConfigurationException if that is no topic, or the source itself
     */
    public String of(String group, String topic) {
        String name =
                pattern.replace("{topic}", topic).replace("{suffix}", suffix).replace("{group}", group);
        if (!isLegal(name)) {
            throw unusable(
                    "makes '%s' of topic '%s' and group '%s', which is no name of a topic"
                            .formatted(name, topic, group),
                    "Use {topic}, {suffix} and {group}, letters, digits, '.', '_' and '-', 249 characters at most");
        }
        if (name.equals(topic)) {
            throw unusable(
                    "with suffix '%s' makes topic '%s' its own dead letter topic, and each failure would come back at once"
                            .formatted(suffix, topic),
                    "Add a suffix");
        }
        return name;
    }

    /** Whether a topic can be called so. */
    static boolean isLegal(String name) {
        return LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    private ResilienceConfigurationException unusable(String what, String remedy) {
        return new ResilienceConfigurationException(List.of(new Problem(PROPERTY, pattern + " " + what, remedy)));
    }

    public String of(Source.Topic source) {
        return of(source.group(), source.topic());
    }

    /** What is wrong if letters go to topics that are not among those that are parked; null if they are. */
    public @Nullable Problem notParkedBy(String parkingTopics) {
        String example = of("group", "orders");
        return NamePattern.of(parkingTopics).matcher(example).matches()
                ? null
                : new Problem(
                        "resilience.kafka.parking.topics",
                        "%s does not match '%s', which is where the letters of a topic 'orders' go: they are not parked"
                                .formatted(parkingTopics, example),
                        "Let it match what " + PROPERTY + " makes, or set resilience.kafka.parking.enabled to false");
    }

    /** The source of a dead letter that does not tell it: the name without the suffix. */
    String sourceOf(String deadLetterTopic) {
        return !suffix.isEmpty() && deadLetterTopic.endsWith(suffix) && deadLetterTopic.length() > suffix.length()
                ? deadLetterTopic.substring(0, deadLetterTopic.length() - suffix.length())
                : deadLetterTopic;
    }
}
