package io.github.resiliencestarter.test.conservation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * When disruptions happen. Each one has a part of the messages to itself, in an order, at a place and for a time that the seed
 * decides, and none of them the last message. Places are counted in messages rather than seconds, so that a slower machine has the
 * same test.
 */
final class Schedule {

    private Schedule() {}

    static List<Planned> random(
            long seed, long messages, List<Disruption> disruptions, Duration shortest, Duration longest) {
        Random random = new Random(seed);
        List<Disruption> shuffled = new ArrayList<>(disruptions);
        Collections.shuffle(shuffled, random);
        List<Planned> planned = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); i++) {
            double place = (i + random.nextDouble()) / shuffled.size();
            double length = shortest.toMillis() + random.nextDouble() * (longest.toMillis() - shortest.toMillis());
            planned.add(new Planned(
                    shuffled.get(i), 1 + (long) (place * (messages - 1)), Duration.ofMillis(Math.round(length))));
        }
        planned.sort(Comparator.comparingLong(Planned::atMessage));
        return planned;
    }
}
