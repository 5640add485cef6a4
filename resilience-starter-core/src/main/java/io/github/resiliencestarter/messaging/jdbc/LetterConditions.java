package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter as the condition of a statement, with named parameters; what users give is never a part of the text. */
record LetterConditions(String text, Map<String, @Nullable Object> parameters) {

    static LetterConditions of(LetterFilter filter, Database database) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, @Nullable Object> parameters = new HashMap<>();
        LetterStatus status = filter.status();
        add("source = :source", "source", filter.source(), conditions, parameters);
        add("consumer_group = :in_group", "in_group", filter.group(), conditions, parameters);
        add("fingerprint = :fingerprint", "fingerprint", filter.fingerprint(), conditions, parameters);
        add("status = :in_status", "in_status", status == null ? null : status.name(), conditions, parameters);
        add("replay_id = :replayed_by", "replayed_by", filter.replayId(), conditions, parameters);
        String notBy = "(replay_id is null or replay_id <> :not_replayed_by)";
        add(notBy, "not_replayed_by", filter.notReplayedBy(), conditions, parameters);
        add("replay_count <= :max_replays", "max_replays", filter.maxReplayCount(), conditions, parameters);
        Instant before = filter.parkedBefore();
        add(
                "parked_at <= :parked_before",
                "parked_before",
                before == null ? null : database.time(before),
                conditions,
                parameters);
        return new LetterConditions(String.join(" and ", conditions), parameters);
    }

    private static void add(
            String condition,
            String parameter,
            @Nullable Object value,
            List<String> conditions,
            Map<String, @Nullable Object> parameters) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(parameter, value);
        }
    }
}
