package io.github.resiliencestarter.test.server;

import java.util.List;

/** PostgreSQL; what it has committed survives {@link #kill()}. */
public final class PostgresServer extends AbstractServer {

    static final String USERNAME = "postgres";
    static final String PASSWORD = "postgres";
    static final String DATABASE = "postgres";

    PostgresServer(Mode mode, String version, Node node) {
        super(Kind.POSTGRES, mode, version, List.of(node));
    }

    /** The way through its {@link #proxy()}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + proxy().port() + "/" + DATABASE;
    }

    /** A superuser. */
    public String username() {
        return USERNAME;
    }

    public String password() {
        return PASSWORD;
    }
}
