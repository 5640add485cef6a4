package io.github.resiliencestarter.http;

import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.CallScope;
import io.github.resiliencestarter.call.RetriesInside;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The header that tells a service how many milliseconds its caller still waits. It is a time that is left and not a moment, so
 * clocks need not agree; what the network takes is not subtracted. Thread-safe.
 */
public final class DeadlineHeader {

    /** The category that hosts set levels for is the starter's, not that of a class. */
    private static final Logger log = LoggerFactory.getLogger("io.github.resiliencestarter");

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int LONGEST_NUMBER = 15;
    private static final int LONGEST_SHOWN = 40;

    private final String name;
    private final long maxMillis;
    private final CallClock clock;
    private final LongAdder ignored = new LongAdder();

    /**
     * @param name the name of the header
     * @param max what is made of a longer time that a request asks for
     * @throws ResilienceConfigurationException if the name is none, or the time not positive
     */
    public DeadlineHeader(String name, Duration max, CallClock clock) {
        if (!TOKEN.matcher(name).matches()) {
            throw unusable("header", name, "is no name of a header", "Use letters, digits and dashes");
        }
        if (max.toMillis() <= 0) {
            throw unusable(
                    "max", max, "must be at least 1ms", "Use the longest time that a request may take, such as 60s");
        }
        this.name = name;
        this.maxMillis = max.toMillis();
        this.clock = clock;
    }

    private static ResilienceConfigurationException unusable(String key, Object value, String what, String remedy) {
        Problem problem = new Problem("resilience.deadline." + key, "'" + value + "' " + what, remedy);
        return new ResilienceConfigurationException(List.of(problem));
    }

    public String name() {
        return name;
    }

    /**
     * What to send within an attempt.
     *
     * @param request names the request in the exception
     * @return the milliseconds left, rounded down; null where there is no deadline
     * @throws DeadlineExceededException if less than a millisecond is left: nobody would wait for the answer
     */
    @Nullable
    String valueFor(CallScope.Captured attempt, String request) {
        if (!attempt.hasDeadline()) {
            return null;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(attempt.remaining(clock));
        if (millis < 1) {
            throw DeadlineExceededException.beforeAttempt(request, 1);
        }
        return Long.toString(millis);
    }

    /**
     * What a request asks for.
     *
     * @param value of the header; null where there is none
     * @return the scope of what answers the request; null where there is no header, or none that can be read
     */
    CallScope.@Nullable Captured scopeOf(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String text = value.trim();
        if (!DIGITS.matcher(text).matches()) {
            ignore(text);
            return null;
        }
        long millis = text.length() > LONGEST_NUMBER ? maxMillis : Math.min(maxMillis, Long.parseLong(text));
        return new CallScope.Captured(clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), RetriesInside.ALLOWED);
    }

    private void ignore(String text) {
        ignored.increment();
        String start = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
        String shown = start.replaceAll("[^\\x20-\\x7e]", "?");
        if (ignored.sum() == 1) {
            log.warn(
                    "Header {} of a request is '{}', which is no number of milliseconds: ignored, as further ones will be"
                            + " without a word. Find out who sends it, or set resilience.deadline.accept: false",
                    name,
                    shown);
        } else {
            log.debug("Header {} of a request is '{}', which is no number of milliseconds: ignored", name, shown);
        }
    }

    /** How many requests had a header that could not be read. */
    public long ignored() {
        return ignored.sum();
    }
}
