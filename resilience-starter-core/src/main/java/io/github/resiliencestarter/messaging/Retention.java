package io.github.resiliencestarter.messaging;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * <em>Internal.</em> Forgets from time to time what is done with. All instances of a service do it, each at its own moments: the
 * second finds nothing left. What fails is tried again the next time.
 */
public final class Retention implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final String INTERVAL = "resilience.dead-letters.retention-interval";
    /** What a scheduler of milliseconds can tell from no interval at all. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);

    private final DeadLetterStore letters;
    private final @Nullable ReplayStore replays;
    private final Duration retention;
    private final Duration interval;
    private @Nullable ScheduledExecutorService thread;

    /** @throws ResilienceConfigurationException if a duration is not positive */
    public Retention(DeadLetterStore letters, @Nullable ReplayStore replays, Duration retention, Duration interval) {
        this.letters = letters;
        this.replays = replays;
        this.retention = positive("resilience.dead-letters.retention", retention);
        this.interval = positive(INTERVAL, interval);
        if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new ResilienceConfigurationException(List.of(
                    new Problem(INTERVAL, interval + " is too short", "Use " + SHORTEST_INTERVAL + " or more")));
        }
    }

    private static Duration positive(String property, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new ResilienceConfigurationException(List.of(new Problem(
                    property,
                    value + " is not positive",
                    "Write a duration such as 30d, or remove it for the default")));
        }
        return value;
    }

    /** Not all instances at the same moment after a deployment. */
    @Override
    public synchronized void start() {
        if (thread == null) {
            ScheduledThreadPoolExecutor executor =
                    new ScheduledThreadPoolExecutor(1, DaemonThreads.named("resilience-retention"));
            long millis = interval.toMillis();
            long first = ThreadLocalRandom.current().nextLong(millis);
            executor.scheduleWithFixedDelay(this::run, first, millis, TimeUnit.MILLISECONDS);
            thread = executor;
        }
    }

    /** Forgets what is over by now. Never throws an exception. */
    public void run() {
        try {
            long forgotten = letters.forget(retention);
            long ended = replays == null ? 0 : replays.forget(retention);
            if (forgotten + ended > 0) {
                LOG.info("Forgot {} letters and {} replays that were done with for {}", forgotten, ended, retention);
            }
        } catch (RuntimeException e) {
            LOG.warn("Letters that are done with could not be forgotten, next try in {}: {}", interval, e.toString());
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
