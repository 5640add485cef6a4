package io.github.resiliencestarter.benchmarks.overload;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All policies, each under the same loads. */
record Comparison(Map<Long, List<Run>> bySeed) {

    static Comparison of(Model model, List<Long> seeds) {
        Map<Long, List<Run>> bySeed = new TreeMap<>();
        for (long seed : seeds) {
            bySeed.put(
                    seed,
                    Stream.of(Policy.values())
                            .map(policy -> Run.of(model, policy, seed))
                            .toList());
        }
        return new Comparison(bySeed);
    }

    /** In the order of the policies. */
    List<Run> runsOf(long seed) {
        return bySeed.getOrDefault(seed, List.of());
    }

    /** In the order of the seeds. */
    List<Run> runsOf(Policy policy) {
        return bySeed.values().stream().map(runs -> runs.get(policy.ordinal())).toList();
    }
}
