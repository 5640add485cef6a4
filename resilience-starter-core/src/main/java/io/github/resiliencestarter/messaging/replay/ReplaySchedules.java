package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts replays when their time has come. All instances of a service have the same schedules: whoever is first creates the replay,
 * whose id is made of the schedule and the time, and the others find it there. What is due while no instance runs is not made up
 * for: the next time takes the same letters. Used by one thread.
 */
public final class ReplaySchedules {

    private static final Logger LOG = LoggerFactory.getLogger(ReplaySchedules.class);

    private static final Duration LONGEST = Duration.ofDays(1);

    private final List<ReplaySchedule> schedules;
    private final DeadLetterStore letters;
    private final ReplayStore replays;
    private final Clock clock;

    public ReplaySchedules(List<ReplaySchedule> schedules, DeadLetterStore letters, ReplayStore replays, Clock clock) {
        this.schedules = schedules;
        this.letters = letters;
        this.replays = replays;
        this.clock = clock;
        schedules.forEach(schedule -> schedule.begin(clock.instant()));
    }

    /** Starts what is due. A schedule that fails, for the store is down perhaps, does not keep a replay from going on. */
    void startDue() {
        Instant now = clock.instant();
        for (ReplaySchedule schedule : schedules) {
            Instant due = schedule.next();
            if (!due.isAfter(now)) {
                schedule.begin(now);
                try {
                    start(schedule, due);
                } catch (VirtualMachineError fatal) {
                    throw fatal;
                } catch (Throwable failure) {
                    LOG.warn(
                            "The replay that schedule '{}' has at {} was not started; the next one is at {}",
                            schedule.name(),
                            due,
                            schedule.next(),
                            failure);
                }
            }
        }
    }

    /** Without letters there is no replay: it would only be one more row to read. */
    private void start(ReplaySchedule schedule, Instant due) {
        ReplayRequest request = schedule.requestAt(due);
        if (letters.count(ReplayLetters.meant(request)) > 0) {
            replays.create(schedule.name() + '@' + due, request);
        }
    }

    /** Time until the next one is due; a day if there is none, or it is later than that: one may never come. */
    Duration untilNext() {
        Instant now = clock.instant();
        return schedules.stream()
                .map(schedule -> Duration.between(now, schedule.next()))
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .filter(left -> left.compareTo(LONGEST) < 0)
                .min(Duration::compareTo)
                .orElse(LONGEST);
    }
}
