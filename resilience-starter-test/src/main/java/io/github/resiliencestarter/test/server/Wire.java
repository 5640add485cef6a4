package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Connections for asking servers whether they are ready; nothing takes longer than a second on them. */
final class Wire {

    private static final int LIMIT_MILLIS = 1_000;

    private Wire() {}

    /** Whether the first byte of the answer to a greeting is this one. */
    static boolean answers(InetSocketAddress address, byte[] greeting, int first) throws IOException {
        try (Socket socket = connect(address)) {
            socket.getOutputStream().write(greeting);
            return socket.getInputStream().read() == first;
        }
    }

    static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
