package io.github.resiliencestarter.messaging.jdbc;

import java.time.Duration;
import java.util.List;

/** Deletes rows whose time is over, some at a time: a long transaction would keep others waiting. */
final class Expired {

    private static final int BATCH = 500;

    private Expired() {}

    /** @param condition with the parameter {@code :limit}, the time at which they are over */
    static long delete(Database database, String table, String condition, Duration olderThan) {
        long all = 0;
        int batch;
        do {
            batch = database.inTransaction(() -> batch(database, table, condition, olderThan));
            all += batch;
        } while (batch == BATCH);
        return all;
    }

    /** What another instance is about to delete is left to it. */
    private static int batch(Database database, String table, String condition, Duration olderThan) {
        List<String> ids = database.sql(
                        "select id from " + table + " where " + condition + " limit :batch for update skip locked")
                .param("limit", database.time(database.now().minus(olderThan)))
                .param("batch", BATCH)
                .query(String.class)
                .list();
        return ids.isEmpty()
                ? 0
                : database.sql("delete from " + table + " where id in (:ids)")
                        .param("ids", ids)
                        .update();
    }
}
