package io.github.resiliencestarter.rabbit.deadletter;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/** Sockets that at a moment of the test's choice cannot be written to any more, while whoever reads from them hears nothing. */
final class BreakableSockets extends SocketFactory {

    private final List<Breakable> sockets = new CopyOnWriteArrayList<>();

    /** All there are; those made later are whole. */
    void breakAll() {
        sockets.forEach(socket -> socket.broken = true);
    }

    @Override
    public Socket createSocket() {
        Breakable socket = new Breakable();
        sockets.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    private static final class Breakable extends Socket {

        private volatile boolean broken;

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int each) throws IOException {
                    check();
                    out.write(each);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    check();
                    out.write(bytes, offset, length);
                }
            };
        }

        private void check() throws SocketException {
            if (broken) {
                throw new SocketException("Broken pipe");
            }
        }
    }
}
