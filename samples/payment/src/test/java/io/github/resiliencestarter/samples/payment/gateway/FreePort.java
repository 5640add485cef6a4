package io.github.resiliencestarter.samples.payment.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Ports for simulators in tests. */
public final class FreePort {

    private FreePort() {}

    /**
     * A port below the range from which systems pick the ports of clients. From that range a client could be given
     * the very port that it connects to, and so reach itself instead of a gateway that is down.
     */
    public static int find() {
        return IntStream.range(18_000, 19_000)
                .filter(FreePort::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
