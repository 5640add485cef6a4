package io.github.resiliencestarter.samples.payment.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A payment gateway on loopback, in one of the {@link GatewayMode}s. Thread-safe. */
public final class GatewaySimulator implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4, GatewaySimulator::daemon);
    private final ExecutorService readers = Executors.newCachedThreadPool(GatewaySimulator::daemon);
    private final PaymentHandler payments;
    private final InetSocketAddress address;
    private volatile GatewayMode mode = GatewayMode.FLAKY;
    private @Nullable HttpServer server;

    private GatewaySimulator(int port, long seed) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.payments = new PaymentHandler(seed, () -> mode, clock);
    }

    /** Starts a flaky gateway. Gateways with the same seed treat the same payments alike. */
    public static GatewaySimulator start(int port, long seed) {
        GatewaySimulator gateway = new GatewaySimulator(port, seed);
        gateway.switchTo(GatewayMode.FLAKY);
        return gateway;
    }

    /** Behaves like this from the next request on; requests that are already being delayed keep their fate. */
    public synchronized void switchTo(GatewayMode next) {
        mode = next;
        if (next == GatewayMode.DOWN) {
            stopListening();
        } else if (server == null) {
            server = listen();
        }
    }

    public GatewayMode mode() {
        return mode;
    }

    public URI uri() {
        return URI.create("http://localhost:" + address.getPort());
    }

    /** How many requests have reached the gateway since it was started. */
    public int requests() {
        return payments.requests();
    }

    /** How many charges were made. */
    public int charges() {
        return payments.chargesByOrder().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How often each order was charged; once is right. */
    public Map<Long, Integer> chargesByOrder() {
        return payments.chargesByOrder();
    }

    @Override
    public synchronized void close() {
        stopListening();
        clock.shutdownNow();
        readers.shutdownNow();
    }

    private HttpServer listen() {
        try {
            HttpServer listening = HttpServer.create(address, BACKLOG);
            listening.createContext("/payments", payments);
            listening.setExecutor(readers);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + address.getPort() + " of the gateway simulator", e);
        }
    }

    private void stopListening() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gateway-simulator");
        thread.setDaemon(true);
        return thread;
    }
}
