package io.github.resiliencestarter.benchmarks.messages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A JVM in which one peer meets one load after the other. */
final class RabbitJvm {

    /** As many for each peer, those that are measured included, so that the compiler has done the same for all. */
    private static final int RUNS_WITHOUT_WAITING = 12;

    private RabbitJvm() {}

    /** Takes host and port of the broker, the peer, and loads. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress broker = InetSocketAddress.createUnresolved(arguments[0], Integer.parseInt(arguments[1]));
        RabbitPeer peer = RabbitPeer.valueOf(arguments[2]);
        for (Run run :
                runs(Arrays.stream(arguments).skip(3).map(RabbitLoad::parse).toList())) {
            for (int warmUp = 0; warmUp < run.warmUps(); warmUp++) {
                new RabbitRun(broker, peer, run.load().half()).measure();
            }
            System.out.println(new RabbitRun(broker, peer, run.load()).measure().line());
        }
        System.exit(0);
    }

    record Run(RabbitLoad load, int warmUps) {}

    /** The more messages fail the earlier: that compiles what the others meet too seldom. Loads with a back-off come last. */
    static List<Run> runs(List<RabbitLoad> loads) {
        List<RabbitLoad> quick = loads.stream()
                .filter(load -> load.backoffMillis() == 0)
                .sorted(Comparator.comparingInt(
                                (RabbitLoad load) -> load.messages().poison())
                        .reversed())
                .toList();
        int warmUps = RUNS_WITHOUT_WAITING / Math.max(1, quick.size()) - 1;
        return Stream.concat(
                        quick.stream().map(load -> new Run(load, warmUps)),
                        loads.stream().filter(load -> load.backoffMillis() > 0).map(load -> new Run(load, 0)))
                .toList();
    }

    static List<RabbitMeasured> measure(InetSocketAddress broker, RabbitPeer peer, List<RabbitLoad> loads)
            throws IOException, InterruptedException {
        List<RabbitMeasured> measured = new ArrayList<>();
        PeerJvm.run(
                RabbitJvm.class,
                Stream.concat(
                                Stream.of(broker.getHostString(), Integer.toString(broker.getPort()), peer.name()),
                                loads.stream().map(RabbitLoad::toString))
                        .toList(),
                line -> RabbitMeasured.parse(line).ifPresent(measured::add));
        if (measured.size() != loads.size()) {
            throw new IOException(peer + " has ended after " + measured.size() + " of " + loads.size() + " loads");
        }
        return measured;
    }
}
