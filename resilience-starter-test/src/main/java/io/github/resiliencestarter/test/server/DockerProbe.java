package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Docker engine answers. Testcontainers would take a second to find out that there is none, and a minute to give up on
 * one that hangs, so the socket is looked at first, and all of it has a limit.
 *
 * @param host the address that the user has set, such as {@code unix:///var/run/docker.sock}; null if none
 * @param sockets where engines are found otherwise
 * @param confirmation asks Testcontainers, once the engine has answered
 * @param limit for all of it
 */
record DockerProbe(@Nullable String host, List<Path> sockets, Callable<Boolean> confirmation, Duration limit) {

    private static final byte[] PING =
            "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Why there is none, and what to do; null if there is one. */
    @Nullable
    String absence() {
        if (host == null && sockets.stream().noneMatch(Files::exists)) {
            return "there is no Docker: DOCKER_HOST is not set, and none of " + sockets + " exists";
        }
        FutureTask<@Nullable String> probe = new FutureTask<>(this::ask);
        Thread thread = new Thread(probe, "resilience-docker-probe");
        // if it hangs, it is left behind
        thread.setDaemon(true);
        thread.start();
        try {
            return probe.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "Docker at " + where() + " accepts connections and does not answer within " + limit.toSeconds()
                    + " s; restart it, or choose -D" + Selection.BROKERS + "=local";
        } catch (ExecutionException e) {
            return "Docker at " + where() + " does not answer: " + e.getCause() + "; start it, or unset DOCKER_HOST";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the thread was interrupted while Docker was looked for";
        }
    }

    private String where() {
        return host != null ? host : existing().toString();
    }

    private Path existing() {
        return sockets.stream().filter(Files::exists).findFirst().orElseThrow();
    }

    private @Nullable String ask() throws Exception {
        URI address = host != null ? URI.create(host) : existing().toUri();
        switch (String.valueOf(address.getScheme())) {
            case "unix", "file" -> pingSocket(Path.of(address.getPath()));
            case "tcp", "http", "https" -> pingPort(address.getHost(), address.getPort());
            default -> {} // a named pipe, for instance, which only Testcontainers can open
        }
        return confirmation.call() ? null : "Docker at " + where() + " answers, but Testcontainers cannot use it";
    }

    private static void pingSocket(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            ping(Channels.newInputStream(channel), Channels.newOutputStream(channel));
        }
    }

    private static void pingPort(String host, int port) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            ping(socket.getInputStream(), socket.getOutputStream());
        }
    }

    /** Any answer is one: an engine behind TLS refuses plain text, and lets Testcontainers in. */
    private static void ping(InputStream in, OutputStream out) throws IOException {
        out.write(PING);
        out.flush();
        if (in.read() < 0) {
            throw new IOException("it closed the connection");
        }
    }
}
