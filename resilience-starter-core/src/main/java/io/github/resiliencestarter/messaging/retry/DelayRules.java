package io.github.resiliencestarter.messaging.retry;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with the delays of retries. */
public final class DelayRules {

    private final PropertyOrigins origins;
    private final Findings findings;

    public DelayRules(PropertyOrigins origins, Findings findings) {
        this.origins = origins;
        this.findings = findings;
    }

    /** @param property where the delays stand, such as {@code resilience.kafka.consumer.delayed} */
    public void check(String property, @Nullable List<Duration> delays) {
        if (delays == null) {
            return;
        }
        Duration before = Duration.ZERO;
        for (int i = 0; i < delays.size(); i++) {
            Duration delay = delays.get(i);
            if (delay.toMillis() < 1) {
                report(
                        property,
                        i,
                        DelayText.of(delay) + " is no wait",
                        "Remove it: retries without a wait, or with a short one, are made in place, by retry.max-attempts");
            } else if (delay.compareTo(before) <= 0) {
                report(
                        property,
                        i,
                        "%s is not longer than %s, which comes before it"
                                .formatted(DelayText.of(delay), DelayText.of(before)),
                        "List the delays in ascending order, each once");
            } else {
                before = delay;
            }
        }
    }

    private void report(String property, int index, String what, String remedy) {
        Written written = origins.find(property + '[' + index + ']');
        Written whole = written == null ? origins.find(property) : written;
        findings.error(whole == null ? property + '[' + index + ']' : whole.toString(), what, remedy);
    }
}
