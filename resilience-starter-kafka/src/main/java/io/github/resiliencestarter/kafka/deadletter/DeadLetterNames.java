package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.Source;
import java.util.regex.Pattern;

/**
 * How dead letter topics are called: {@code {topic}}, {@code {suffix}} and {@code {group}} in the pattern are replaced. Immutable.
 *
 * @param pattern resilience.kafka.consumer.dead-letter.topic
 * @param suffix resilience.kafka.consumer.dead-letter.suffix
 */
public record DeadLetterNames(String pattern, String suffix) {

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final String PROPERTY = "resilience.kafka.consumer.dead-letter.topic";

    /**
     * Where the dead letters of this source go.
     *
     * @throws IllegalArgumentException if that is no topic, or the source itself; the message names the property and the remedy
     */
    public String of(String group, String topic) {
        String name =
                pattern.replace("{topic}", topic).replace("{suffix}", suffix).replace("{group}", group);
        if (!LEGAL.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    ("%s: %s makes '%s' of topic '%s' and group '%s', which is no name of a topic. Use"
                                    + " {topic}, {suffix} and {group}, letters, digits, '.', '_' and '-', 249 characters at most")
                            .formatted(PROPERTY, pattern, name, topic, group));
        }
        if (name.equals(topic)) {
            throw new IllegalArgumentException(
                    ("%s: %s with suffix '%s' makes the topic '%s' its own dead letter topic, and each"
                                    + " failure would come back at once. Add a suffix")
                            .formatted(PROPERTY, pattern, suffix, topic));
        }
        return name;
    }

    public String of(Source.Topic source) {
        return of(source.group(), source.topic());
    }

    /** The source of a dead letter that does not tell it: the name without the suffix. */
    String sourceOf(String deadLetterTopic) {
        return !suffix.isEmpty() && deadLetterTopic.endsWith(suffix) && deadLetterTopic.length() > suffix.length()
                ? deadLetterTopic.substring(0, deadLetterTopic.length() - suffix.length())
                : deadLetterTopic;
    }
}
