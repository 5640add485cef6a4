package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter as the condition of a statement, with named parameters; what users give is never a part of the text. */
record LetterConditions(String text, Map<String, @Nullable Object> parameters) {

    static LetterConditions of(LetterFilter filter) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, @Nullable Object> parameters = new HashMap<>();
        add("source", filter.source(), conditions, parameters);
        add("fingerprint", filter.fingerprint(), conditions, parameters);
        LetterStatus status = filter.status();
        add("status", status == null ? null : status.name(), conditions, parameters);
        return new LetterConditions(String.join(" and ", conditions), parameters);
    }

    private static void add(
            String column, @Nullable String value, List<String> conditions, Map<String, @Nullable Object> parameters) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            parameters.put(column, value);
        }
    }
}
