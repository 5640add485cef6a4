package io.github.resiliencestarter.messaging.jdbc;

import java.io.Serial;

/** Dead letters cannot be parked in this database. The message names those in which they can. */
public final class UnsupportedDatabaseException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnsupportedDatabaseException(String product) {
        super("Dead letters cannot be parked in " + product + ", only in H2, PostgreSQL, MariaDB and MySQL. Set"
                + " resilience.jdbc.enabled=false to park none, or define a DeadLetterStore bean of your own");
    }
}
