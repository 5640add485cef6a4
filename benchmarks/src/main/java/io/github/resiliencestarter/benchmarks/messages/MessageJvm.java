package io.github.resiliencestarter.benchmarks.messages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM in which one peer meets one load after the other, so that no peer's code is compiled for another one's. */
final class MessageJvm {

    private MessageJvm() {}

    /** Takes the broker, the peer, and loads. */
    public static void main(String[] arguments) throws Exception {
        MessagePeer peer = MessagePeer.valueOf(arguments[1]);
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            Load load = Load.parse(argument);
            if (peer.needsWarmUp(load)) {
                new MessageRun(arguments[0], peer, load).measure();
            }
            System.out.println(
                    new MessageRun(arguments[0], peer, load).measure().line());
        }
        System.exit(0);
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
