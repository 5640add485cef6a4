package io.github.resiliencestarter.benchmarks.messages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM in which one peer meets one load after the other. */
final class RabbitJvm {

    private RabbitJvm() {}

    /** Takes host and port of the broker, the peer, and loads. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress broker = InetSocketAddress.createUnresolved(arguments[0], Integer.parseInt(arguments[1]));
        RabbitPeer peer = RabbitPeer.valueOf(arguments[2]);
        for (String argument : List.of(arguments).subList(3, arguments.length)) {
            RabbitLoad load = RabbitLoad.parse(argument);
            if (peer.needsWarmUp(load)) {
                new RabbitRun(broker, peer, load).measure();
            }
            System.out.println(new RabbitRun(broker, peer, load).measure().line());
        }
        System.exit(0);
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
