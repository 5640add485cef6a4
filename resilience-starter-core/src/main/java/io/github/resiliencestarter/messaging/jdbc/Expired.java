package io.github.resiliencestarter.messaging.jdbc;

import java.time.Duration;
import java.util.List;

/** Deletes rows whose time is over, some at a time: a long transaction would keep others waiting. */
final class Expired {

    private static final int BATCH = 500;

    private record Row(String id, long arrival) {}

    private Expired() {}

    /** @param condition with the parameter {@code :limit}, the time at which they are over */
    static long delete(Database database, String table, String condition, Duration olderThan) {
        long all = 0;
        long arrival = Long.MIN_VALUE;
        List<Row> batch;
        do {
            long after = arrival;
            batch = database.inTransaction(() -> batch(database, table, condition, olderThan, after));
            all += batch.size();
            arrival = batch.isEmpty() ? after : batch.get(batch.size() - 1).arrival();
        } while (batch.size() == BATCH);
        return all;
    }

    /**
     * What another instance is about to delete is left to it. A batch begins where the one before ended: some databases would read
     * the deleted rows again and again.
     */
    private static List<Row> batch(Database database, String table, String condition, Duration olderThan, long after) {
        List<Row> batch = database.sql("select id, arrival from " + table + " where " + condition
                        + " and arrival > :after order by arrival limit :batch for update skip locked")
                .param("limit", database.time(database.now().minus(olderThan)))
                .param("after", after)
                .param("batch", BATCH)
                .query((row, number) -> new Row(row.getString("id"), row.getLong("arrival")))
                .list();
        if (!batch.isEmpty()) {
            database.sql("delete from " + table + " where id in (:ids)")
                    .param("ids", batch.stream().map(Row::id).toList())
                    .update();
        }
        return batch;
    }
}
