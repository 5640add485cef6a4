package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.ReplayRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** Reads what is configured about replays, and reports all that cannot be used at once. */
public final class ReplayRules {

    private static final String PREFIX = "resilience.dead-letters.replay.";

    /** With a time such as {@code @2026-11-21T01:30:00Z} it is the id of a replay, and an id has at most 100 characters. */
    private static final int LONGEST_NAME = 79;
    /** A cron expression that does not come after it does not come after any other time. */
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final ReplayProperties properties;
    private final PropertyOrigins origins;
    private final List<Problem> problems = new ArrayList<>();

    private ReplayRules(ReplayProperties properties, PropertyOrigins origins) {
        this.properties = properties;
        this.origins = origins;
    }

    /**
     * The schedules.
     *
     * @throws ResilienceConfigurationException with every mistake, its property, its value and what to do
     */
    public static List<ReplaySchedule> schedules(ReplayProperties properties, PropertyOrigins origins) {
        return new ReplayRules(properties, origins).read();
    }

    private List<ReplaySchedule> read() {
        check("per-second", properties.perSecond());
        check("max-replays", properties.maxReplays());
        atLeast("lease", properties.lease(), Duration.ofSeconds(5));
        atLeast("canary-timeout", properties.canaryTimeout(), Duration.ofSeconds(1));
        atLeast("poll-interval", properties.pollInterval(), Duration.ofMillis(100));
        if (properties.maxInFlight() < 1) {
            report("max-in-flight", properties.maxInFlight(), "is no number of letters", "Use 1 or more");
        }
        List<ReplaySchedule> schedules = new ArrayList<>();
        Map<String, ReplayProperties.Schedule> configured =
                new TreeMap<>(properties.schedules() == null ? Map.of() : properties.schedules());
        for (Map.Entry<String, ReplayProperties.Schedule> each : configured.entrySet()) {
            reportNamesake(each.getKey(), configured);
            ReplaySchedule schedule = schedule(each.getKey(), each.getValue());
            if (schedule != null) {
                schedules.add(schedule);
            }
        }
        if (!problems.isEmpty()) {
            throw new ResilienceConfigurationException(problems);
        }
        return schedules;
    }

    private void reportNamesake(String name, Map<String, ReplayProperties.Schedule> configured) {
        for (String other : configured.keySet()) {
            if (other.compareTo(name) < 0 && PropertyOrigins.same(other, name)) {
                report(
                        "schedules." + name,
                        name,
                        "is the name of '" + other + "', spelled in another way",
                        "Give each schedule a name of its own");
            }
        }
    }

    private @Nullable ReplaySchedule schedule(String name, ReplayProperties.Schedule schedule) {
        String key = "schedules." + name + ".";
        if (name.length() > LONGEST_NAME) {
            report("schedules." + name, name, "is too long a name", "Use at most " + LONGEST_NAME + " characters");
        }
        CronExpression cron = cron(key, schedule.cron());
        ZoneId zone = zone(key, schedule.zone());
        double perSecond = schedule.perSecond() == null ? properties.perSecond() : schedule.perSecond();
        int maxReplays = schedule.maxReplays() == null ? properties.maxReplays() : schedule.maxReplays();
        if (schedule.perSecond() != null) {
            check(key + "per-second", perSecond);
        }
        if (schedule.maxReplays() != null) {
            check(key + "max-replays", maxReplays);
        }
        LetterFilter letters = LetterFilter.ALL
                .withSource(schedule.source())
                .withGroup(schedule.group())
                .withFingerprint(schedule.fingerprint());
        boolean canary = schedule.canary() == null ? properties.canary() : schedule.canary();
        ReplayRequest request = new ReplayRequest(
                letters, null, perSecond, canary, maxReplays, ReplaySchedule.REQUESTED_BY + name, null);
        return cron == null || zone == null
                ? null
                : new ReplaySchedule(name, cron, zone, request, schedule.olderThan());
    }

    private @Nullable CronExpression cron(String key, @Nullable String text) {
        try {
            CronExpression cron = CronExpression.parse(String.valueOf(text));
            if (cron.next(ANY_TIME) == null) {
                report(key + "cron", text, "never comes", "Use a day that its month has");
            }
            return cron;
        } catch (IllegalArgumentException unusable) {
            report(
                    key + "cron",
                    text,
                    "is no cron expression",
                    "Use six fields, seconds first, such as '0 30 2 * * *' for half past two each night");
            return null;
        }
    }

    private @Nullable ZoneId zone(String key, @Nullable String text) {
        try {
            return text == null ? ZoneId.systemDefault() : ZoneId.of(text);
        } catch (DateTimeException unknown) {
            report(key + "zone", text, "is no time zone", "Use a name such as Europe/Berlin or UTC");
            return null;
        }
    }

    private void check(String key, double perSecond) {
        if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
            report(key, perSecond, "is no rate", "Use a number of letters in a second such as 50, or 0 for no limit");
        }
    }

    private void check(String key, int maxReplays) {
        if (maxReplays < 1) {
            report(key, maxReplays, "leaves out every letter", "Use 1 or more");
        }
    }

    private void atLeast(String key, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            report(key, value, "is too short", "Use " + least + " or more");
        }
    }

    private void report(String key, @Nullable Object value, String what, String remedy) {
        PropertyOrigins.Written written = origins.find(PREFIX + key);
        problems.add(
                new Problem(written == null ? PREFIX + key : written.toString(), "'" + value + "' " + what, remedy));
    }
}
