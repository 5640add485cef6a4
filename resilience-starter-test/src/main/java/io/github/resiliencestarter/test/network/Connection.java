package io.github.resiliencestarter.test.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's connection to the proxy, and the proxy's to the server: two ends, and a flow in either direction. */
final class Connection {

    private final End client;
    private final End server;
    private final SocketChannel serverChannel;
    private final Flow toServer;
    private final Flow toClient;
    private final Consumer<Connection> onClosed;

    Connection(
            SocketChannel clientChannel,
            SocketChannel serverChannel,
            Traffic trafficToServer,
            Traffic trafficToClient,
            EventLoop loop,
            Consumer<Connection> onClosed)
            throws IOException {
        this.client = new End(clientChannel, 0, this, loop);
        this.server = new End(serverChannel, SelectionKey.OP_CONNECT, this, loop);
        this.serverChannel = serverChannel;
        this.toServer = new Flow(this, client, server, trafficToServer, loop);
        this.toClient = new Flow(this, server, client, trafficToClient, loop);
        this.onClosed = onClosed;
    }

    /** Connects to the server; if there is none, the client is reset. */
    void connect(@Nullable InetSocketAddress target) {
        try {
            if (target == null) {
                onBroken(server);
            } else if (serverChannel.connect(target)) {
                onConnected();
            }
        } catch (IOException | UnresolvedAddressException e) {
            onBroken(server);
        }
    }

    void onConnected() {
        toServer.onRoom();
        toClient.onRoom();
    }

    /** The fault acts on it from now on. */
    void begin(Fault fault) {
        Effect effectToServer = fault.effectOn(Direction.TO_SERVER);
        if (effectToServer != null) {
            toServer.apply(effectToServer);
        }
        Effect effectToClient = fault.effectOn(Direction.TO_CLIENT);
        if (effectToClient != null) {
            toClient.apply(effectToClient);
        }
    }

    /** Goes on as if nothing had been, or is reset if a side has missed something. */
    void heal() {
        if (toServer.hasLost() || toClient.hasLost()) {
            reset();
        } else {
            toServer.heal();
            toClient.heal();
        }
    }

    End client() {
        return client;
    }

    End server() {
        return server;
    }

    Flow from(End end) {
        return end == client ? toServer : toClient;
    }

    Flow to(End end) {
        return end == client ? toClient : toServer;
    }

    /** All bytes towards the end have arrived, and no more will come. */
    void onEnd(End end) {
        end.endOutput();
        if (toServer.hasEnded() && toClient.hasEnded()) {
            close();
        }
    }

    /** An end has been reset, or could not connect: the other one is told, unless a fault prevents that. */
    void onBroken(End end) {
        if (from(end).isSilent()) {
            loseSide(end);
        } else {
            reset();
        }
    }

    /** One side goes, and the other is not told; if that has gone too, nothing is left. */
    void loseSide(End end) {
        End other = end == client ? server : client;
        if (!other.isOpen()) {
            reset();
            return;
        }
        end.reset();
        from(end).onSourceGone();
        to(end).onSinkGone();
    }

    void reset() {
        client.reset();
        server.reset();
        onClosed();
    }

    void close() {
        client.close();
        server.close();
        onClosed();
    }

    private void onClosed() {
        toServer.onClosed();
        toClient.onClosed();
        onClosed.accept(this);
    }
}
