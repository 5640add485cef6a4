package io.github.resiliencestarter.test.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy in this JVM whose network fails when a test says so. It listens on a free port of 127.0.0.1, which stays the same
 * until it is closed, whatever becomes of the server behind it. If that cannot be reached, the client's connection is reset.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to("localhost", 5432)) {
 *     ... clients connect to proxy.address() ...
 *     proxy.apply(new Latency(Duration.ofMillis(200)), new BlackHole().towards(Direction.TO_CLIENT));
 *     proxy.heal();
 * }
 * }</pre>
 *
 * <p>One daemon thread serves all connections. Thread-safe; {@link #apply} and {@link #heal} have taken effect when they return,
 * and throw an {@link IllegalStateException} if the proxy is closed.
 */
public final class FaultProxy implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FaultProxy.class.getName());

    private final Supplier<InetSocketAddress> target;
    private final Traffic toServer = new Traffic();
    private final Traffic toClient = new Traffic();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final EventLoop loop;
    private final Listener listener;
    private volatile List<Fault> faults = List.of();

    private FaultProxy(Supplier<InetSocketAddress> target) throws IOException {
        this.target = target;
        this.loop = new EventLoop();
        this.listener = new Listener(loop, this::connect);
    }

    /**
     * The target is asked for at each connection, so that it may move; it must answer at once. An exception, or null, means that
     * there is none for now.
     *
     * @throws UncheckedIOException if there is no port to listen on
     */
    public static FaultProxy to(Supplier<InetSocketAddress> target) {
        try {
            FaultProxy proxy = new FaultProxy(target);
            proxy.loop.start("fault-proxy-" + proxy.port());
            proxy.loop.execute(proxy.listener::open);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("The fault proxy finds no port to listen on", e);
        }
    }

    /** The host's address is looked up at each connection. */
    public static FaultProxy to(String host, int port) {
        return to(() -> new InetSocketAddress(host, port));
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Always 127.0.0.1. */
    public String host() {
        return address().getHostString();
    }

    public int port() {
        return address().getPort();
    }

    /** What is behind it, where no fault reaches: for measurements, which a proxy would be part of. */
    public InetSocketAddress targetAddress() {
        return target.get();
    }

    /**
     * Adds faults to those that there are, at one moment, until {@link #heal()}: living connections have them at once, new ones
     * from their beginning. Faults of one class add up.
     */
    public void apply(Fault... added) {
        loop.execute(() -> {
            List<Fault> all = new ArrayList<>(faults);
            all.addAll(List.of(added));
            faults = List.copyOf(all);
            for (Fault fault : added) {
                List.copyOf(connections).forEach(connection -> {
                    fault.strike(connection);
                    connection.begin(fault);
                });
            }
            if (all.stream().anyMatch(Fault::refusesConnections)) {
                listener.close();
            }
        });
    }

    /**
     * Ends all faults. What latency has kept arrives at once; a connection of which a side has missed something is reset, and all
     * others go on.
     */
    public void heal() {
        loop.execute(() -> {
            faults = List.of();
            List.copyOf(connections).forEach(Connection::heal);
            listener.open();
        });
    }

    /** What has been applied since it was last healed. */
    public List<Fault> faults() {
        return faults;
    }

    /** How many connections are open now, those included whose server's or client's end has gone unnoticed. */
    public int connections() {
        loop.settle();
        return (int) (accepted.get() - ended.get());
    }

    /** How many connections have been accepted so far: when it grows, somebody has connected anew. */
    public long connectionsAccepted() {
        loop.settle();
        return accepted.get();
    }

    /** How many bytes it has handed on so far: whatever has arrived is counted. */
    public long bytes(Direction direction) {
        loop.settle();
        return (direction.includes(Direction.TO_SERVER) ? toServer.passed() : 0)
                + (direction.includes(Direction.TO_CLIENT) ? toClient.passed() : 0);
    }

    /** How many bytes have vanished so far in {@link BlackHole}s and {@link HalfOpen} connections. */
    public long bytesLost(Direction direction) {
        loop.settle();
        return (direction.includes(Direction.TO_SERVER) ? toServer.lost() : 0)
                + (direction.includes(Direction.TO_CLIENT) ? toClient.lost() : 0);
    }

    /** Closes all connections, and gives the port back. */
    @Override
    public void close() {
        loop.close();
        listener.release();
        ended.set(accepted.get());
    }

    @Override
    public String toString() {
        return "fault proxy " + host() + ":" + port() + " " + faults;
    }

    private void connect(SocketChannel client) {
        accepted.incrementAndGet();
        try {
            Connection connection =
                    new Connection(client, SocketChannel.open(), toServer, toClient, loop, this::forget);
            connections.add(connection);
            faults.forEach(connection::begin);
            connection.connect(target());
        } catch (IOException e) {
            ended.incrementAndGet();
            close(client);
            LOG.log(Level.WARNING, "No connection in " + this + ", most likely for want of file descriptors", e);
        }
    }

    private @Nullable InetSocketAddress target() {
        try {
            return target.get();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "No target for " + this, e);
            return null;
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            // there is nothing else to be done
        }
    }

    private void forget(Connection connection) {
        if (connections.remove(connection)) {
            ended.incrementAndGet();
        }
    }
}
