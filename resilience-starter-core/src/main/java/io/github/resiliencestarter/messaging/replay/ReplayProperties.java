package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.ReplayRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How letters are replayed. Immutable.
 *
 * @param enabled Whether this instance runs replays; they can be started here in any case, and another instance runs them.
 * @param perSecond Most letters in a second, where a request does not say; 0 is without a limit.
 * @param canary Whether a replay begins with 1, 2, 5 and 20 letters and stops if one of them fails again, where a request does not say.
 * @param canaryTimeout How long the letters of one step may take until each was processed or has failed again.
 * @param maxReplays Letters that were replayed so often are left out, where a request does not say.
 * @param lease How long an instance that has crashed holds a replay; another one goes on after that.
 * @param pollInterval How often an instance without a replay looks for one.
 * @param maxInFlight Most letters that are sent and not yet confirmed by the broker.
 * @param schedules Replays by a schedule, by their name.
 */
@ConfigurationProperties("resilience.dead-letters.replay")
public record ReplayProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("50") double perSecond,
        @DefaultValue("true") boolean canary,
        @DefaultValue("1m") Duration canaryTimeout,
        @DefaultValue("3") int maxReplays,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("5s") Duration pollInterval,
        @DefaultValue("100") int maxInFlight,
        @Nullable Map<String, Schedule> schedules) {

    /** What holds where nothing is configured. */
    public static final ReplayProperties DEFAULTS = new ReplayProperties(
            true, 50, true, Duration.ofMinutes(1), 3, Duration.ofSeconds(30), Duration.ofSeconds(5), 100, null);

    /** A request with what is configured here. */
    public ReplayRequest request(LetterFilter letters, String requestedBy, @Nullable String reason) {
        return new ReplayRequest(letters, null, perSecond, canary, maxReplays, requestedBy, reason);
    }

    /**
     * A replay by a schedule.
     *
     * @param cron When, as Spring's cron expression of six fields, seconds first.
     * @param zone Time zone of the cron expression. Default: that of the machine.
     * @param source Only letters of this topic or queue.
     * @param group Only letters of this consumer group.
     * @param fingerprint Only letters that failed for this cause.
     * @param perSecond Most letters in a second. Default: that of all replays.
     * @param canary Whether it begins with a few letters. Default: that of all replays.
     * @param maxReplays Letters that were replayed so often are left out. Default: that of all replays.
     * @param olderThan Only letters that were parked at least so long before.
     */
    public record Schedule(
            @Nullable String cron,
            @Nullable String zone,
            @Nullable String source,
            @Nullable String group,
            @Nullable String fingerprint,
            @Nullable Double perSecond,
            @Nullable Boolean canary,
            @Nullable Integer maxReplays,
            @Nullable Duration olderThan) {}
}
