package io.github.resiliencestarter.benchmarks.messages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A JVM in which one peer meets one load after the other, so that no peer's code is compiled for another one's. */
final class MessageJvm {

    /** As many for each peer, those that are measured included, so that the compiler has done the same for all. */
    private static final int RUNS_WITHOUT_WAITING = 8;

    private MessageJvm() {}

    /** Takes the broker, the peer, and loads. */
    public static void main(String[] arguments) throws Exception {
        MessagePeer peer = MessagePeer.valueOf(arguments[1]);
        for (Run run :
                runs(peer, Arrays.stream(arguments).skip(2).map(Load::parse).toList())) {
            for (int warmUp = 0; warmUp < run.warmUps(); warmUp++) {
                new MessageRun(arguments[0], peer, run.load()).measure();
            }
            System.out.println(
                    new MessageRun(arguments[0], peer, run.load()).measure().line());
        }
        System.exit(0);
    }

    record Run(Load load, int warmUps) {}

    /** The more records fail the earlier: that compiles what the others meet too seldom. Those that wait come last. */
    static List<Run> runs(MessagePeer peer, List<Load> loads) {
        List<Load> quick = loads.stream()
                .filter(peer::needsWarmUp)
                .sorted(Comparator.comparingInt(Load::poison).reversed())
                .toList();
        int warmUps = RUNS_WITHOUT_WAITING / Math.max(1, quick.size()) - 1;
        return Stream.concat(
                        quick.stream().map(load -> new Run(load, warmUps)),
                        loads.stream().filter(load -> !peer.needsWarmUp(load)).map(load -> new Run(load, 0)))
                .toList();
    }

    static List<Measured> measure(String bootstrapServers, MessagePeer peer, List<Load> loads)
            throws IOException, InterruptedException {
        List<Measured> measured = new ArrayList<>();
        PeerJvm.run(
                MessageJvm.class,
                Stream.concat(
                                Stream.of(bootstrapServers, peer.name()),
                                loads.stream().map(Load::toString))
                        .toList(),
                line -> Measured.parse(line).ifPresent(measured::add));
        if (measured.size() != loads.size()) {
            throw new IOException(peer + " has ended after " + measured.size() + " of " + loads.size() + " loads");
        }
        return measured;
    }
}
