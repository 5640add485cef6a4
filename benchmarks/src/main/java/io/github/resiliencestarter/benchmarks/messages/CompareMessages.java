package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.benchmarks.Options;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures listeners whose messages fail, ours and the stock ones, in one run on one broker, and prints them beside each other.
 *
 * <p>{@code messages [--records=<number>] [--rounds=<number>] [--peers=<names>]}: 200,000 records, three rounds and all peers
 * are the defaults. Each round measures every peer once, in a JVM of its own.
 */
public final class CompareMessages {

    private static final List<Double> POISON_PERCENT = List.of(0.0, 0.1, 1.0, 10.0);

    private CompareMessages() {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        int records = options.number("records", 200_000);
        int rounds = options.number("rounds", 3);
        List<MessagePeer> peers = options.names("peers", MessagePeer::valueOf, MessagePeer.values());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + records + " records of " + Load.BYTES + " B, " + Load.PARTITIONS
                + " partitions, 1 consumer thread, " + MessagePeer.MAX_ATTEMPTS + " attempts without back-off, "
                + rounds + " rounds\n");
        long began = System.nanoTime();
        out.println(new MessageTables(measure(peers, records, rounds)));
        System.err.printf("Took %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }

    private static List<Measured> measure(List<MessagePeer> peers, int records, int rounds) throws Exception {
        List<Measured> measured = new ArrayList<>();
        try (Broker broker = Broker.start();
                Topics topics = new Topics(broker.bootstrapServers())) {
            for (int round = 1; round <= rounds; round++) {
                for (MessagePeer peer : peers) {
                    List<Load> loads = loads(peer, records, measured);
                    System.err.printf("Round %d of %d: %s%n", round, rounds, peer.title());
                    for (Load load : loads) {
                        topics.fill(load);
                    }
                    measured.addAll(MessageJvm.measure(broker.bootstrapServers(), peer, loads));
                }
            }
        }
        return measured;
    }

    /** Who got stuck once would get stuck again, and waiting for it takes a while. */
    private static List<Load> loads(MessagePeer peer, int records, List<Measured> measured) {
        return POISON_PERCENT.stream()
                .map(percent -> Load.of(records, percent))
                .filter(peer::takes)
                .map(peer::share)
                .filter(load -> measured.stream()
                        .noneMatch(
                                before -> before.peer() == peer && before.load().equals(load) && !before.isComplete()))
                .toList();
    }
}
