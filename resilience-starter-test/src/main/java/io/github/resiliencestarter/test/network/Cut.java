package io.github.resiliencestarter.test.network;

/** All connections are closed, what was on its way is lost, and new connections are refused: the server has gone. */
public final class Cut extends Fault {

    @Override
    void strike(Connection connection) {
        connection.close();
    }

    @Override
    boolean refusesConnections() {
        return true;
    }

    @Override
    public String toString() {
        return "cut";
    }
}
