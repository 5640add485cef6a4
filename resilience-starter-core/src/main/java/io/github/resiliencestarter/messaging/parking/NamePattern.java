package io.github.resiliencestarter.messaging.parking;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of topics or queues, in which {@code *} stands for any characters. */
public final class NamePattern {

    private NamePattern() {}

    /** As a regular expression that a whole name must match. */
    public static Pattern of(String pattern) {
        return Pattern.compile(Arrays.stream(pattern.split("\\*", -1))
                .map(text -> text.isEmpty() ? "" : Pattern.quote(text))
                .collect(Collectors.joining(".*")));
    }
}
