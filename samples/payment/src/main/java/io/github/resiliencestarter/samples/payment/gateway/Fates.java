package io.github.resiliencestarter.samples.payment.gateway;

import io.github.resiliencestarter.samples.payment.gateway.Fate.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides what happens to a request. The n-th request for a payment always meets the same fate, in whatever order
 * payments arrive: otherwise two runs, or two acts of one run, could not be compared.
 */
final class Fates {

    static final Duration HANG = Duration.ofSeconds(30);

    private final long seed;
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    Fates(long seed) {
        this.seed = seed;
    }

    Fate next(String payment, GatewayMode mode) {
        int request = requests.merge(payment, 1, Integer::sum);
        SplittableRandom random = new SplittableRandom(seed + 1_000L * payment.hashCode() + request);
        Duration delay = Duration.ofMillis(random.nextInt(100, 501));
        return switch (mode) {
            case HEALTHY, DOWN -> new Fate(Outcome.ACCEPTED, delay);
            case FLAKY -> new Fate(outcome(random.nextDouble()), delay);
            case FORGETFUL -> new Fate(lostOrNot(random.nextDouble()), delay);
            case SLOW -> new Fate(Outcome.ACCEPTED, HANG);
        };
    }

    private static Outcome lostOrNot(double chance) {
        if (chance < 0.7) {
            return Outcome.ACCEPTED;
        }
        return chance < 0.85 ? Outcome.CHARGED_AND_DROPPED : Outcome.CHARGED_AND_SILENT;
    }

    private static Outcome outcome(double chance) {
        if (chance < 0.6) {
            return Outcome.ACCEPTED;
        }
        return chance < 0.8 ? Outcome.UNAVAILABLE : Outcome.DROPPED;
    }
}
