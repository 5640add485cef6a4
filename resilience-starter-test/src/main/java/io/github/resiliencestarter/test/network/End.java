package io.github.resiliencestarter.test.network;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The proxy's socket towards one side of a connection. If it breaks, its connection is told, and nothing is thrown. */
final class End implements EventLoop.Ready {

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Connection connection;

    End(SocketChannel channel, int operations, Connection connection, EventLoop loop) throws IOException {
        this.channel = channel;
        this.connection = connection;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.key = loop.register(channel, operations, this);
    }

    @Override
    public void ready(SelectionKey key) {
        int operations = key.readyOps();
        if ((operations & SelectionKey.OP_CONNECT) != 0) {
            finishConnecting();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            connection.to(this).onRoom();
        }
        if ((operations & SelectionKey.OP_READ) != 0 && isOpen()) {
            connection.from(this).onBytes();
        }
    }

    private void finishConnecting() {
        try {
            channel.finishConnect();
            want(SelectionKey.OP_CONNECT, false);
            connection.onConnected();
        } catch (IOException e) {
            connection.onBroken(this);
        }
    }

    /** Reads what is there: the number of bytes, or -1 if the side has closed its connection. */
    int read(ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException e) {
            connection.onBroken(this);
            return 0;
        }
    }

    /** Writes what there is room for: the number of bytes. */
    int write(ByteBuffer buffer) {
        try {
            return channel.write(buffer);
        } catch (IOException e) {
            connection.onBroken(this);
            return 0;
        }
    }

    /** Tells the side that nothing more comes (FIN). */
    void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            connection.onBroken(this);
        }
    }

    void wantRead(boolean wanted) {
        want(SelectionKey.OP_READ, wanted);
    }

    void wantWrite(boolean wanted) {
        want(SelectionKey.OP_WRITE, wanted);
    }

    private void want(int operation, boolean wanted) {
        if (key.isValid()) {
            int before = key.interestOps();
            int after = wanted ? before | operation : before & ~operation;
            if (before != after) {
                key.interestOps(after);
            }
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it was broken anyway
        }
    }

    /** Closes by RST instead of FIN: what is on its way to the side is lost. */
    void reset() {
        try {
            if (isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // it was broken anyway
        }
        close();
    }
}
