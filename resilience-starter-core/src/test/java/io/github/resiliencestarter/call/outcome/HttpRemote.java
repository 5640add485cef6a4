package io.github.resiliencestarter.call.outcome;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A remote on this machine that answers as it is told, does not answer, hangs up, or is not there. */
final class HttpRemote implements AutoCloseable {

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Answers every request so. */
    URI answering(int status, String body, String... header) {
        HttpServer server = start();
        server.createContext("/", exchange -> {
            for (int i = 0; i < header.length; i += 2) {
                exchange.getResponseHeaders().set(header[i], header[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return at(server.getAddress().getPort());
    }

    private HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            opened.add(() -> server.stop(0));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Speaks TLS, and has nothing to show for itself. */
    URI withoutCertificate() throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, null, null);
        ServerSocket socket = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        opened.add(socket);
        threads.submit(() -> {
            while (true) {
                SSLSocket connection = (SSLSocket) socket.accept();
                opened.add(connection);
                try {
                    connection.startHandshake();
                } catch (IOException saidSo) {
                    // the client has been told
                }
            }
        });
        return URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    /** Nobody listens there. */
    URI refusing() throws IOException {
        try (ServerSocket socket = listen(1)) {
            return at(socket.getLocalPort());
        }
    }

    /** Lets nobody in: more connections wait than it has room for, so the system drops what asks for another one. */
    URI full() throws IOException {
        ServerSocket socket = listen(1);
        for (int waiting = 0; waiting < 2; waiting++) {
            Socket client = new Socket();
            opened.add(client);
            client.connect(socket.getLocalSocketAddress());
        }
        return at(socket.getLocalPort());
    }

    /** Reads the request and says nothing. */
    URI silent() throws IOException {
        return serving(connection -> {});
    }

    /** Reads the request and breaks the connection off. */
    URI resetting() throws IOException {
        return serving(connection -> {
            connection.setSoLinger(true, 0);
            connection.close();
        });
    }

    /** Begins to answer and breaks the connection off. */
    URI resettingInTheAnswer() throws IOException {
        return serving(connection -> {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".getBytes());
            connection.getOutputStream().flush();
            connection.setSoLinger(true, 0);
            connection.close();
        });
    }

    private interface Behaviour {
        void with(Socket connection) throws IOException;
    }

    private URI serving(Behaviour behaviour) throws IOException {
        ServerSocket socket = listen(50);
        threads.submit(() -> {
            while (true) {
                Socket connection = socket.accept();
                opened.add(connection);
                byte[] request = new byte[4096];
                int read = connection.getInputStream().read(request);
                if (read > 0) {
                    behaviour.with(connection);
                }
            }
        });
        return at(socket.getLocalPort());
    }

    private ServerSocket listen(int backlog) throws IOException {
        ServerSocket socket = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        opened.add(socket);
        return socket;
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : List.copyOf(opened)) {
            each.close();
        }
        threads.shutdownNow();
    }
}
