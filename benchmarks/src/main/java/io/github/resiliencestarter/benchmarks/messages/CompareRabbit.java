package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.benchmarks.Options;
import io.github.resiliencestarter.test.server.RabbitServer;
import io.github.resiliencestarter.test.server.Servers;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The same as {@link CompareMessages} at RabbitMQ: listeners whose messages fail, ours and the stock ones, in one run on one broker.
 *
 * <p>{@code rabbit [--messages=<number>] [--rounds=<number>] [--peers=<names>]}: 50,000 messages, one round and all peers are the
 * defaults. Each round measures every peer in a JVM of its own, and there each load several times.
 */
public final class CompareRabbit {

    private CompareRabbit() {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        int messages = options.number("messages", 50_000);
        int rounds = options.number("rounds", 1);
        List<RabbitPeer> peers = options.names("peers", RabbitPeer::valueOf, RabbitPeer.values());
        RabbitServer rabbit = Servers.rabbit(1);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + "RabbitMQ " + rabbit.version() + ", " + messages + " messages of " + Load.BYTES
                + " B, prefetch 250, 1 consumer thread, " + RabbitPeer.MAX_ATTEMPTS + " attempts, " + rounds
                + " rounds\n");
        long began = System.nanoTime();
        // past the proxy for faults, which would be measured, too
        out.println(new RabbitTables(
                measure(rabbit.node(0).proxy().targetAddress(), peers, RabbitLoad.all(messages), rounds)));
        System.err.printf("Took %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        System.exit(0);
    }

    private static List<RabbitMeasured> measure(
            InetSocketAddress broker, List<RabbitPeer> peers, List<RabbitLoad> loads, int rounds)
            throws IOException, InterruptedException {
        List<RabbitMeasured> measured = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (RabbitPeer peer : peers) {
                System.err.printf("Round %d of %d: %s%n", round, rounds, peer.title());
                measured.addAll(RabbitJvm.measure(broker, peer, left(peer, loads, measured)));
            }
        }
        return measured;
    }

    /** Who got stuck once would get stuck again, and waiting for it takes a while. */
    private static List<RabbitLoad> left(RabbitPeer peer, List<RabbitLoad> loads, List<RabbitMeasured> measured) {
        return loads.stream()
                .filter(peer::takes)
                .map(peer::share)
                .filter(load -> measured.stream()
                        .noneMatch(
                                before -> before.peer() == peer && before.load().equals(load) && !before.isComplete()))
                .toList();
    }
}
