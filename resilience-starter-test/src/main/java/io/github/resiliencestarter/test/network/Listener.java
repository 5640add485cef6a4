package io.github.resiliencestarter.test.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the proxy's clients on a port that it has reserved. While it is closed, connections are really refused: nobody listens.
 * A socket that is bound and never listens keeps others from taking the port meanwhile, where the system can share ports.
 */
final class Listener implements EventLoop.Ready {

    private static final int BACKLOG = 1024;
    private static final long PAUSE_AFTER_FAILURE = 100_000_000;

    private final SocketChannel reservation;
    private final InetSocketAddress address;
    private final EventLoop loop;
    private final Consumer<SocketChannel> onClient;
    private @Nullable ServerSocketChannel channel;

    Listener(EventLoop loop, Consumer<SocketChannel> onClient) throws IOException {
        this.loop = loop;
        this.onClient = onClient;
        reservation = shared(SocketChannel.open());
        reservation.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        address = (InetSocketAddress) reservation.getLocalAddress();
        if (!reservation.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            reservation.close();
        }
    }

    InetSocketAddress address() {
        return address;
    }

    void open() {
        if (channel != null) {
            return;
        }
        try {
            ServerSocketChannel opened = shared(ServerSocketChannel.open());
            opened.bind(address, BACKLOG);
            loop.register(opened, SelectionKey.OP_ACCEPT, this);
            channel = opened;
        } catch (IOException e) {
            throw new UncheckedIOException("The fault proxy cannot listen on " + address + " any more", e);
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            ServerSocketChannel listening = (ServerSocketChannel) key.channel();
            for (SocketChannel client = listening.accept(); client != null; client = listening.accept()) {
                onClient.accept(client);
            }
        } catch (IOException e) {
            // out of file descriptors, most likely: the client stays in the queue, so do not come back at once
            key.interestOps(0);
            loop.at(loop.now() + PAUSE_AFTER_FAILURE, () -> acceptAgain(key));
        }
    }

    private static void acceptAgain(SelectionKey key) {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            channel = null;
        }
    }

    /** Gives the port back. */
    void release() {
        close();
        try {
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <C extends NetworkChannel> C shared(C channel) throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
        return channel;
    }
}
