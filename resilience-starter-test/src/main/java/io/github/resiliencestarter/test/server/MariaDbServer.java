package io.github.resiliencestarter.test.server;

import java.util.List;

/** MariaDB; what it has committed survives {@link #kill()}. */
public final class MariaDbServer extends AbstractServer {

    static final String USERNAME = "root";
    static final String PASSWORD = "";
    static final String DATABASE = "test";

    MariaDbServer(Mode mode, String version, Node node) {
        super(Kind.MARIADB, mode, version, List.of(node));
    }

    /** The way through its {@link #proxy()}. */
    public String jdbcUrl() {
        return "jdbc:mariadb://127.0.0.1:" + proxy().port() + "/" + DATABASE;
    }

    /** Who may do everything. */
    public String username() {
        return USERNAME;
    }

    public String password() {
        return PASSWORD;
    }
}
