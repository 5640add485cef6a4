package io.github.resiliencestarter.benchmarks.report;

import io.github.resiliencestarter.benchmarks.Scenario;
import io.github.resiliencestarter.benchmarks.peer.Peer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** What was measured, by scenario, peer and number of threads. */
final class Measurements {

    private final Map<Case, Measurement> cases = new LinkedHashMap<>();

    void add(RunResult result) {
        cases.computeIfAbsent(Case.of(result.getParams()), key -> new Measurement())
                .add(result);
    }

    Optional<Measurement> of(Class<? extends Scenario> scenario, Peer peer, int threads) {
        return of(scenario.getSimpleName(), peer, threads);
    }

    Optional<Measurement> of(String scenario, Peer peer, int threads) {
        return Optional.ofNullable(cases.get(new Case(scenario, peer, threads)));
    }

    List<String> scenarios() {
        return cases.keySet().stream().map(Case::scenario).distinct().toList();
    }

    List<Peer> peers(String scenario) {
        return cases.keySet().stream()
                .filter(key -> key.scenario.equals(scenario))
                .map(Case::peer)
                .distinct()
                .toList();
    }

    List<Integer> threads() {
        return cases.keySet().stream().map(Case::threads).distinct().toList();
    }

    record Case(String scenario, Peer peer, int threads) {

        static Case of(BenchmarkParams params) {
            String[] path = params.getBenchmark().split("\\.");
            return new Case(path[path.length - 2], Peer.valueOf(params.getParam("peer")), params.getThreads());
        }
    }
}
