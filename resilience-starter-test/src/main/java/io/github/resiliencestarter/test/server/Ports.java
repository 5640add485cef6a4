package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1. They lie below those that operating systems give to outgoing connections: otherwise a client that tries to
 * reach a dead server could be given the server's own port, and then it is connected to itself and the server cannot come back.
 *
 * <p>A JVM claims a hundred of them by listening on the first one until it ends: the others may be given long before a server
 * listens there, and stay those of a server that is dead for a while, but no other JVM gives them.
 */
final class Ports {

    private static final int FIRST = 15_000;
    private static final int LAST = 32_000;
    private static final int CLAIM = 100;
    private static final int TRIES = 1_000;

    /** Never closed. */
    private static final List<ServerSocket> CLAIMS = new ArrayList<>();

    private static int next;
    private static int end;

    private Ports() {}

    /** A free port, which is given to nobody else. */
    static synchronized int free() {
        while (true) {
            while (next < end) {
                int port = next++;
                if (isFree(port)) {
                    return port;
                }
            }
            next = claim() + 1;
            end = next + CLAIM - 1;
        }
    }

    /** The first of those that are ours from now on. */
    private static int claim() {
        for (int i = 0; i < TRIES; i++) {
            int first = FIRST + CLAIM * ThreadLocalRandom.current().nextInt((LAST - FIRST) / CLAIM);
            try {
                CLAIMS.add(new ServerSocket(first, 1, InetAddress.getLoopbackAddress()));
                return first;
            } catch (IOException taken) {
                // by another JVM, or by a server
            }
        }
        throw new ServerException("No free ports of 127.0.0.1 between " + FIRST + " and " + LAST, null);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
