package io.github.resiliencestarter.benchmarks.messages;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM in which one peer meets one load after the other. */
final class RabbitJvm {

    /** As many in each application, those that are measured included, so that the compiler has done the same for all. */
    private static final int RUNS_WITHOUT_WAITING = 31;

    /** How often a load is measured in one application; one with a back-off, which takes its time anyhow, only once. */
    private static final int REPEATS = 7;

    private RabbitJvm() {}

    /** Takes host and port of the broker, the peer, and loads. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress broker = InetSocketAddress.createUnresolved(arguments[0], Integer.parseInt(arguments[1]));
        RabbitPeer peer = RabbitPeer.valueOf(arguments[2]);
        List<RabbitLoad> loads =
                Arrays.stream(arguments).skip(3).map(RabbitLoad::parse).toList();
        for (List<RabbitLoad> ofOneApplication : applications(loads)) {
            RabbitLoad first = ofOneApplication.get(0);
            try (RabbitHost host = new RabbitHost(broker, peer, first.queueType(), first.backoffMillis())) {
                for (Run run : runs(ofOneApplication)) {
                    RabbitMeasured measured = host.measure(run.load().messages());
                    if (run.isMeasured()) {
                        System.out.println(measured.line());
                    }
                }
            }
        }
        System.exit(0);
    }

    /** An application has one type of queue and one back-off. Those that wait come last. */
    static List<List<RabbitLoad>> applications(List<RabbitLoad> loads) {
        Map<?, List<RabbitLoad>> applications = loads.stream()
                .sorted(Comparator.comparing(RabbitLoad::backoffMillis))
                .collect(Collectors.groupingBy(
                        load -> List.of(load.queueType(), load.backoffMillis()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return List.copyOf(applications.values());
    }

    record Run(RabbitLoad load, boolean isMeasured) {}

    /** First those that are not measured, of messages of which most fail: that compiles what the others meet too seldom. */
    static List<Run> runs(List<RabbitLoad> ofOneApplication) {
        List<Run> measured = inTurns(ofOneApplication).stream()
                .map(load -> new Run(load, true))
                .toList();
        RabbitLoad worst = Collections.max(
                ofOneApplication,
                Comparator.comparingInt((RabbitLoad load) -> load.messages().poison()));
        int warmUps = worst.backoffMillis() > 0 ? 0 : RUNS_WITHOUT_WAITING - measured.size();
        return Stream.concat(Collections.nCopies(warmUps, new Run(worst.half(), false)).stream(), measured.stream())
                .toList();
    }

    /** Each load once, and again from the second one on, and so forth: none is always measured before another one. */
    private static List<RabbitLoad> inTurns(List<RabbitLoad> loads) {
        int repeats = loads.get(0).backoffMillis() > 0 ? 1 : REPEATS;
        List<RabbitLoad> turns = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            List<RabbitLoad> turn = new ArrayList<>(loads);
            Collections.rotate(turn, -repeat);
            turns.addAll(turn);
        }
        return turns;
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
        if (!measured.stream().map(RabbitMeasured::load).toList().containsAll(loads)) {
            throw new IOException(peer + " has ended after " + measured.size() + " runs of " + loads);
        }
        return measured;
    }
}
