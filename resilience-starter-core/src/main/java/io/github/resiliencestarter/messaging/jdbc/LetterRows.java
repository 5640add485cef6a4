package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Letters as rows of {@code resilience_dead_letter}, and back. */
final class LetterRows {

    private final Database database;

    LetterRows(Database database) {
        this.database = database;
    }

    /** The columns that a letter brings with it. */
    Map<String, @Nullable Object> columns(DeadLetter letter) {
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("id", letter.id());
        columns.put("source", letter.source().name());
        columns.put("consumer_group", letter.source().group());
        place(letter.source(), columns);
        columns.put("message_key", letter.key());
        columns.put("payload", letter.payload());
        columns.put("headers", HeaderBytes.of(letter.headers()));
        columns.put("exception", letter.failure().exception());
        columns.put("message", letter.failure().message());
        columns.put("stack_trace", letter.failure().stackTrace());
        columns.put("fingerprint", letter.failure().fingerprint());
        columns.put("attempts", letter.attempts());
        columns.put("replay_count", letter.replayCount());
        columns.put("replay_id", letter.replayId());
        columns.put("first_failed_at", database.time(letter.firstFailedAt()));
        columns.put("last_failed_at", database.time(letter.lastFailedAt()));
        return columns;
    }

    private static void place(Source source, Map<String, @Nullable Object> columns) {
        Source.Topic topic = source instanceof Source.Topic it ? it : null;
        Source.Queue queue = source instanceof Source.Queue it ? it : null;
        columns.put("topic_partition", topic == null ? null : topic.partition());
        columns.put("topic_offset", topic == null ? null : topic.offset());
        columns.put("exchange", queue == null ? null : queue.exchange());
        columns.put("routing_key", queue == null ? null : queue.routingKey());
    }

    ParkedLetter read(ResultSet row, int number) throws SQLException {
        return new ParkedLetter(
                letter(row),
                LetterStatus.valueOf(row.getString("status")),
                row.getLong("token"),
                database.instant(row, "parked_at"),
                database.instant(row, "changed_at"),
                row.getString("note"));
    }

    private DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("id"),
                source(row),
                row.getBytes("message_key"),
                row.getBytes("payload"),
                HeaderBytes.read(row.getBytes("headers")),
                new Failure(
                        row.getString("exception"),
                        row.getString("message"),
                        row.getString("stack_trace"),
                        row.getString("fingerprint")),
                row.getInt("attempts"),
                database.instant(row, "first_failed_at"),
                database.instant(row, "last_failed_at"),
                row.getInt("replay_count"),
                row.getString("replay_id"));
    }

    private static Source source(ResultSet row) throws SQLException {
        String source = row.getString("source");
        String exchange = row.getString("exchange");
        return exchange == null
                ? new Source.Topic(
                        row.getString("consumer_group"),
                        source,
                        row.getInt("topic_partition"),
                        row.getLong("topic_offset"))
                : new Source.Queue(source, exchange, row.getString("routing_key"));
    }
}
