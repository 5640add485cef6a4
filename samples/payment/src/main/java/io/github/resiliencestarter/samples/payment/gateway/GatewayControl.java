package io.github.resiliencestarter.samples.payment.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Switches a gateway from outside: {@code curl -X PUT localhost:8082/down}. It has its own port because a gateway that
 * is down cannot be told to come back.
 */
public final class GatewayControl {

    private final GatewaySimulator gateway;

    private GatewayControl(GatewaySimulator gateway) {
        this.gateway = gateway;
    }

    /** Listens on loopback until the JVM ends. */
    public static void start(int port, GatewaySimulator gateway) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", new GatewayControl(gateway)::handle);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " of the gateway's control", e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("PUT")) {
            reply(exchange, 200, "gateway is " + gateway.mode() + ", requests so far: " + gateway.requests());
            return;
        }
        Optional<GatewayMode> mode = mode(exchange.getRequestURI().getPath().substring(1));
        if (mode.isPresent()) {
            gateway.switchTo(mode.get());
            reply(exchange, 200, "gateway is now " + gateway.mode());
        } else {
            reply(exchange, 404, "PUT one of " + Arrays.toString(GatewayMode.values()));
        }
    }

    private static Optional<GatewayMode> mode(String name) {
        return Arrays.stream(GatewayMode.values())
                .filter(mode -> mode.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text.toLowerCase(Locale.ROOT) + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
