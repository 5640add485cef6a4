package io.github.resiliencestarter.test.network;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A proxy with a plain socket on either side, so that a test says what both of them do. */
final class Wire implements AutoCloseable {

    /** One for each task: on two processors the common pool has a single thread, and tasks that wait for each other need more. */
    static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    };

    private static final int PATIENCE_IN_MILLISECONDS = 10_000;

    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket listener;
    final FaultProxy proxy;

    Wire() throws IOException {
        listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        InetSocketAddress address = (InetSocketAddress) listener.getLocalSocketAddress();
        proxy = FaultProxy.to(() -> address);
    }

    /** A client's socket, and the server's for it. */
    record Pair(Socket client, Socket server) {

        void say(String text) throws IOException {
            say(client, text);
            hear(server, text);
        }

        void answer(String text) throws IOException {
            say(server, text);
            hear(client, text);
        }

        static void say(Socket from, String text) throws IOException {
            from.getOutputStream().write(text.getBytes());
        }

        static void hear(Socket at, String text) throws IOException {
            String heard = new String(at.getInputStream().readNBytes(text.length()));
            if (!heard.equals(text)) {
                throw new AssertionError("heard '" + heard + "' instead of '" + text + "'");
            }
        }
    }

    Socket connect() throws IOException {
        return known(new Socket(proxy.host(), proxy.port()));
    }

    Pair pair() throws IOException {
        Socket client = connect();
        return new Pair(client, known(listener.accept()));
    }

    private Socket known(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_IN_MILLISECONDS);
        sockets.add(socket);
        return socket;
    }

    void serverGoes() throws IOException {
        listener.close();
    }

    void serverComesBack() throws IOException {
        ServerSocket gone = listener;
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(gone.getLocalSocketAddress());
    }

    /** Writes on another thread, for nobody knows how much the way takes. */
    static CompletableFuture<Void> write(Socket socket, byte[] bytes) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        OutputStream out = socket.getOutputStream();
                        out.write(bytes);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        listener.close();
        proxy.close();
    }
}
