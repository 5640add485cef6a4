package io.github.resiliencestarter.test.network;

/**
 * One side of each living connection has gone, and the other side is not told: its connection stays open, what it sends goes
 * nowhere, and nothing comes back. New connections work. That is what a crashed host leaves behind, or a firewall that has
 * forgotten its connections.
 *
 * <p>When the fault ends, the side that was left is reset. For a connection of which one direction is dead, see
 * {@link BlackHole#towards}.
 */
public final class HalfOpen extends Fault {

    private final boolean serverGone;

    private HalfOpen(boolean serverGone) {
        this.serverGone = serverGone;
    }

    /** The server has gone (its end is reset), and clients still think themselves connected. */
    public static HalfOpen serverGone() {
        return new HalfOpen(true);
    }

    /** The clients have gone (their ends are reset), and the server still thinks them connected. */
    public static HalfOpen clientGone() {
        return new HalfOpen(false);
    }

    @Override
    void strike(Connection connection) {
        connection.loseSide(serverGone ? connection.server() : connection.client());
    }

    @Override
    public String toString() {
        return "half-open, " + (serverGone ? "server" : "client") + " gone";
    }
}
