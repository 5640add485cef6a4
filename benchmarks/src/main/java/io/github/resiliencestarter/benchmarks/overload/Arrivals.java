package io.github.resiliencestarter.benchmarks.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** When which client calls. Made before anything else happens, so that every policy meets the same calls. */
final class Arrivals {

    private Arrivals() {}

    /** A Poisson process; where its rate changes, it starts anew, which makes no difference to it. */
    static List<Arrival> of(Model model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] changes = {
            model.before().toNanos(), model.overloadEnd().toNanos(), model.end().toNanos()
        };
        List<Arrival> arrivals = new ArrayList<>();
        double now = 0;
        for (long change : changes) {
            double gap = 1e9 / model.callsPerSecond(now);
            for (now += gap * exponential(random); now < change; now += gap * exponential(random)) {
                arrivals.add(new Arrival((long) now, random.nextInt(model.clients())));
            }
            now = change;
        }
        return arrivals;
    }

    /** With a mean of one. */
    static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }

    record Arrival(long nanos, int client) {}
}
