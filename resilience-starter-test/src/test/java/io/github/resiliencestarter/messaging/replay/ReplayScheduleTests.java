package io.github.resiliencestarter.messaging.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.scheduling.support.CronExpression;

class ReplayScheduleTests {

    private static final String PREFIX = "resilience.dead-letters.replay.";
    private static final String NIGHTLY = PREFIX + "schedules.nightly.";

    private final Plant plant = new Plant();

    @Test
    void letters_are_replayed_when_it_is_time_and_not_before() throws InterruptedException {
        plant.park("orders", 3);
        ReplaySchedules schedules = schedules(
                plant, Map.of(NIGHTLY + "cron", "0 30 2 * * *", NIGHTLY + "zone", "UTC", NIGHTLY + "source", "orders"));

        schedules.startDue();
        assertThat(plant.replays.recent(10)).isEmpty();
        assertThat(schedules.untilNext()).isEqualTo(Duration.ofMinutes(150));

        plant.time.advance(Duration.ofMinutes(150));
        schedules.startDue();
        plant.run();

        assertThat(plant.consumer.sent).hasSize(3);
        ReplayJob job = plant.replays.recent(10).get(0);
        assertThat(job.id()).isEqualTo("nightly@2026-01-01T02:30:00Z");
        assertThat(job.request().requestedBy()).isEqualTo("schedule nightly");
        assertThat(job.request().perSecond()).isEqualTo(50);
        assertThat(job.request().canary()).isTrue();
        assertThat(schedules.untilNext()).isEqualTo(Duration.ofDays(1).minus(sinceDue()));
    }

    @Test
    void an_hour_that_comes_twice_counts_twice_and_one_that_is_left_out_not_at_all() {
        assertThat(next("Europe/Berlin", "2026-10-24T22:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("Europe/Berlin", "2026-03-28T22:00:00Z"))
                .containsExactly("2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z", "2026-04-01T00:30:00Z");
        assertThat(next("UTC", "2026-10-24T22:00:00Z"))
                .containsExactly("2026-10-25T02:30:00Z", "2026-10-26T02:30:00Z", "2026-10-27T02:30:00Z");
    }

    private static List<String> next(String zone, String after) {
        ReplaySchedule schedule = new ReplaySchedule(
                "nightly",
                CronExpression.parse("0 30 2 * * *"),
                ZoneId.of(zone),
                ReplayProperties.DEFAULTS.request(LetterFilter.ALL, "test", null),
                null);
        List<String> times = new ArrayList<>();
        for (Instant now = Instant.parse(after); times.size() < 3; now = schedule.next()) {
            schedule.begin(now);
            times.add(schedule.next().toString());
        }
        return times;
    }

    @Test
    void all_instances_together_start_one_replay() {
        plant.park("orders", 3);
        Map<String, String> properties = Map.of(NIGHTLY + "cron", "0 0 3 * * *", NIGHTLY + "zone", "UTC");
        ReplaySchedules one = schedules(plant, properties);
        ReplaySchedules two = schedules(plant, properties);

        plant.time.advance(Duration.ofHours(3));
        one.startDue();
        plant.time.advance(Duration.ofSeconds(2));
        two.startDue();

        assertThat(plant.replays.recent(10)).hasSize(1);
    }

    @Test
    void without_letters_there_is_no_replay() {
        ReplaySchedules schedules = schedules(plant, Map.of(NIGHTLY + "cron", "0 0 * * * *", NIGHTLY + "zone", "UTC"));

        plant.time.advance(Duration.ofHours(1));
        schedules.startDue();

        assertThat(plant.replays.recent(10)).isEmpty();
    }

    @Test
    void letters_that_are_too_young_wait_for_the_next_time() throws InterruptedException {
        plant.park("orders", 2);
        ReplaySchedules schedules = schedules(
                plant,
                Map.of(
                        NIGHTLY + "cron",
                        "0 0 * * * *",
                        NIGHTLY + "zone",
                        "UTC",
                        NIGHTLY + "older-than",
                        "90m",
                        NIGHTLY + "canary",
                        "false"));

        plant.time.advance(Duration.ofHours(1));
        schedules.startDue();
        assertThat(plant.replays.recent(10)).isEmpty();

        plant.park("orders", 1);
        plant.time.advance(Duration.ofHours(1));
        schedules.startDue();
        plant.run();
        assertThat(plant.consumer.sent).hasSize(2);
    }

    @Test
    void it_is_started_while_another_replay_is_running() throws InterruptedException {
        plant.park("orders", 100);
        plant.replays.start(plant.perSecond("orders", 0.1));
        ReplaySchedule nightly = read(Map.of(NIGHTLY + "cron", "0 10 0 * * *", NIGHTLY + "zone", "UTC"))
                .get(0);

        plant.instance("one", nightly).runNext(() -> plant.replays.recent(10).size() == 2);

        assertThat(plant.time.now()).isBetween(minute(10), minute(11));
    }

    @Test
    void everything_that_cannot_be_used_is_reported_at_once_with_property_value_and_remedy() {
        List<Problem> problems = mistakesIn(Map.of(
                PREFIX + "per-second",
                "-1",
                PREFIX + "max-replays",
                "0",
                PREFIX + "lease",
                "1s",
                NIGHTLY + "cron",
                "half past two",
                NIGHTLY + "zone",
                "Mars/Olympus",
                PREFIX + "schedules.hourly.cron",
                "0 0 * * * *",
                PREFIX + "schedules.hour-ly.cron",
                "0 0 * * * *",
                PREFIX + "schedules.never.source",
                "orders"));

        assertThat(problems)
                .extracting(Problem::where)
                .allSatisfy(where -> assertThat(where).startsWith(PREFIX));
        assertThat(problems)
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).contains("per-second", "'-1.0' is no rate", "or 0 for no limit"),
                        each -> assertThat(each).contains("max-replays", "'0' leaves out every letter"),
                        each -> assertThat(each).contains("lease", "'PT1S' is too short", "PT5S or more"),
                        each -> assertThat(each)
                                .contains("nightly.cron", "'half past two' is no cron expression", "0 30 2 * * *"),
                        each -> assertThat(each).contains("nightly.zone", "'Mars/Olympus'", "Europe/Berlin"),
                        each -> assertThat(each).contains("hour", "spelled in another way", "a name of its own"),
                        each -> assertThat(each).contains("never.cron", "is no cron expression"));
    }

    @Test
    void a_schedule_that_never_comes_or_has_no_room_for_its_time_is_a_mistake() {
        String longName = "n".repeat(80);
        List<Problem> problems = mistakesIn(
                Map.of(NIGHTLY + "cron", "0 0 3 30 2 *", PREFIX + "schedules." + longName + ".cron", "0 0 3 * * *"));

        assertThat(problems)
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        each -> assertThat(each).contains("nightly.cron", "'0 0 3 30 2 *' never comes"),
                        each -> assertThat(each).contains(longName, "is too long a name", "at most 79"));
    }

    @Test
    void who_waits_for_a_time_that_never_comes_looks_again_after_a_day() {
        ReplaySchedule never = new ReplaySchedule(
                "never", CronExpression.parse("0 0 3 30 2 *"), ZoneOffset.UTC, plant.all("orders"), null);
        ReplaySchedules schedules = new ReplaySchedules(List.of(never), plant.letters, plant.jobs, plant.time.clock());

        assertThat(schedules.untilNext().toNanos()).isEqualTo(Duration.ofDays(1).toNanos());
    }

    private Duration sinceDue() {
        return Duration.between(Instant.parse("2026-01-01T02:30:00Z"), plant.time.now());
    }

    private static Instant minute(int minute) {
        return VirtualTime.START.plus(Duration.ofMinutes(minute));
    }

    private static ReplaySchedules schedules(Plant plant, Map<String, String> properties) {
        return new ReplaySchedules(read(properties), plant.letters, plant.jobs, plant.time.clock());
    }

    private static List<Problem> mistakesIn(Map<String, String> properties) {
        return catchThrowableOfType(ResilienceConfigurationException.class, () -> read(properties))
                .getProblems();
    }

    private static List<ReplaySchedule> read(Map<String, String> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("application.yml", new HashMap<String, Object>(properties)));
        ReplayProperties bound = Binder.get(environment)
                .bind("resilience.dead-letters.replay", ReplayProperties.class)
                .get();
        return ReplayRules.schedules(bound, new PropertyOrigins(environment));
    }
}
