package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.ReplayRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** When a replay is to be started, and which. Used by one thread, but for one that hung when it was stopped. */
public final class ReplaySchedule {

    /** What a replay is requested by that nobody has asked for. */
    public static final String REQUESTED_BY = "schedule ";

    private final String name;
    private final CronExpression cron;
    private final ZoneId zone;
    private final ReplayRequest request;
    private final @Nullable Duration olderThan;
    private volatile Instant next = Instant.MAX;

    ReplaySchedule(String name, CronExpression cron, ZoneId zone, ReplayRequest request, @Nullable Duration olderThan) {
        this.name = name;
        this.cron = cron;
        this.zone = zone;
        this.request = request;
        this.olderThan = olderThan;
    }

    String name() {
        return name;
    }

    /** Looks for the next time after this one. */
    void begin(Instant now) {
        ZonedDateTime found = cron.next(now.atZone(zone));
        next = found == null ? Instant.MAX : found.toInstant();
    }

    Instant next() {
        return next;
    }

    ReplayRequest requestAt(Instant due) {
        return olderThan == null
                ? request
                : request.withLetters(request.letters().withParkedBefore(due.minus(olderThan)));
    }
}
