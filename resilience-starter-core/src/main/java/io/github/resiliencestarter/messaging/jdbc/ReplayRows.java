package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replays as rows of {@code resilience_replay}, and back. */
final class ReplayRows {

    private final Database database;

    ReplayRows(Database database) {
        this.database = database;
    }

    /** The columns that a request brings with it. */
    Map<String, @Nullable Object> columns(ReplayRequest request) {
        LetterFilter letters = request.letters();
        LetterStatus status = letters.status();
        Instant before = letters.parkedBefore();
        return Database.parameters(
                "of_source", letters.source(),
                "of_group", letters.group(),
                "of_fingerprint", letters.fingerprint(),
                "of_status", status == null ? null : status.name(),
                "of_replay", letters.replayId(),
                "not_of_replay", letters.notReplayedBy(),
                "max_replay_count", letters.maxReplayCount(),
                "parked_before", before == null ? null : database.time(before),
                "letter_id", request.letterId(),
                "per_second", request.perSecond(),
                "canary", request.canary(),
                "max_replays", request.maxReplays(),
                "requested_by", request.requestedBy(),
                "reason", request.reason());
    }

    ReplayJob read(ResultSet row, int number) throws SQLException {
        return new ReplayJob(
                row.getString("id"),
                request(row),
                ReplayStatus.valueOf(row.getString("status")),
                row.getLong("token"),
                row.getLong("sent"),
                database.instant(row, "created_at"),
                database.optionalInstant(row, "ended_at"),
                row.getString("note"));
    }

    private ReplayRequest request(ResultSet row) throws SQLException {
        String status = row.getString("of_status");
        LetterFilter letters = new LetterFilter(
                row.getString("of_source"),
                row.getString("of_group"),
                row.getString("of_fingerprint"),
                status == null ? null : LetterStatus.valueOf(status),
                row.getString("of_replay"),
                row.getString("not_of_replay"),
                row.getObject("max_replay_count", Integer.class),
                database.optionalInstant(row, "parked_before"));
        return new ReplayRequest(
                letters,
                row.getString("letter_id"),
                row.getDouble("per_second"),
                row.getBoolean("canary"),
                row.getInt("max_replays"),
                row.getString("requested_by"),
                row.getString("reason"));
    }
}
