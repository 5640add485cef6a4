package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.call.plan.Backoff;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.PropertyOrigins.Written;
import io.github.resiliencestarter.call.plan.RetrySettings;
import io.github.resiliencestarter.messaging.circuit.ProbeRules;
import io.github.resiliencestarter.messaging.circuit.ProbeSettings;
import io.github.resiliencestarter.messaging.retry.DelayRules;
import io.github.resiliencestarter.messaging.retry.DelayText;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import io.github.resiliencestarter.messaging.retry.RetryRules;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.Circuit;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.Listener;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with {@code resilience.rabbit.listener}. */
record ListenerRules(PropertyOrigins origins, Findings findings) {

    private static final String PREFIX = "resilience.rabbit.listener";

    /** A message that waits is unacknowledged, and the broker takes it back, with the whole channel, after 30 minutes by default. */
    private static final Duration LONGEST_IN_MEMORY = Duration.ofMinutes(10);

    /** Of all attempts together: the message stays unacknowledged from the first to the last, and they take time themselves. */
    private static final Duration LONGEST_TOGETHER = Duration.ofMinutes(25);

    void check(Listener listener) {
        RetryRules retries = new RetryRules(origins, findings);
        DelayRules delays = new DelayRules(origins, findings);
        retries.check(PREFIX + ".retry", listener.retry());
        inMemory(PREFIX + ".retry", listener.retry());
        Circuit circuit = listener.circuit();
        new ProbeRules(origins, findings)
                .check(PREFIX + ".circuit", new ProbeSettings(circuit.probeInterval(), circuit.probeAttempts()));
        delays.check(PREFIX + ".delayed", listener.delayed());
        names(listener);
        if (listener.queues() != null) {
            listener.queues().forEach((name, queue) -> {
                String key = PREFIX + ".queues" + (name.indexOf('.') < 0 ? "." + name : "[" + name + "]");
                retries.check(key + ".retry", queue.retry());
                inMemory(key + ".retry", queue.retry(), listener.retry());
                delays.check(key + ".delayed", queue.delayed());
            });
        }
    }

    /** The longest wait, whichever layer its parts come from. */
    private void inMemory(String property, @Nullable RetrySettings... nearestFirst) {
        if (nearestFirst[0] == null || !findings.errors().isEmpty()) {
            // Inherited as it is, or too wrong to be calculated with.
            return;
        }
        RetryPolicy policy = RetryPolicy.of(List.of(), nearestFirst);
        Duration longest = policy.backoff().maxDelay();
        double last = policy.backoff().delay().toMillis()
                * Math.pow(policy.backoff().multiplier(), Math.max(0, policy.maxAttempts() - 2))
                * (1 + policy.backoff().jitter());
        boolean waits = policy.maxAttempts() > 1 && last > LONGEST_IN_MEMORY.toMillis();
        if (waits && longest.compareTo(LONGEST_IN_MEMORY) > 0) {
            findings.error(
                    property + ".backoff",
                    "waits for up to %s with the message in memory, and the broker closes the channel of a consumer that does not acknowledge for 30m"
                            .formatted(DelayText.of(longest)),
                    "Use a max-delay of %s at most, and %s.delayed for longer waits"
                            .formatted(DelayText.of(LONGEST_IN_MEMORY), PREFIX));
        } else if (isLongerThan(LONGEST_TOGETHER, policy)) {
            findings.error(
                    property,
                    "waits for more than %s in all %d attempts together with the message in memory, and the broker closes the channel of a consumer that does not acknowledge for 30m: the message would come again and again, and never be given up"
                            .formatted(DelayText.of(LONGEST_TOGETHER), policy.maxAttempts()),
                    "Use fewer attempts or shorter waits, and %s.delayed for longer ones".formatted(PREFIX));
        }
    }

    /** Whether all waits of a message are, jitter left out: it is as often shorter as it is longer. */
    private static boolean isLongerThan(Duration most, RetryPolicy policy) {
        Backoff plain = new Backoff(
                policy.backoff().delay(),
                policy.backoff().multiplier(),
                policy.backoff().maxDelay(),
                0);
        if (plain.delay().isZero()) {
            return false;
        }
        long together = 0;
        for (int made = 1; made < policy.maxAttempts() && together <= most.toMillis(); made++) {
            long wait = plain.millisAfter(made);
            if (wait >= plain.maxDelay().toMillis()) {
                // From here on all are the same.
                return together + wait * (double) (policy.maxAttempts() - made) > most.toMillis();
            }
            together += wait;
        }
        return together > most.toMillis();
    }

    private void names(Listener listener) {
        contains("delayed-queue", listener.delayedQueue(), "{queue}", "each queue has delay queues of its own");
        contains(
                "delayed-queue",
                listener.delayedQueue(),
                "{delay}",
                "a delay queue has one delay for all of its messages");
    }

    private void contains(String key, String pattern, String wanted, String why) {
        if (!pattern.contains(wanted)) {
            report(key, pattern, "does not contain " + wanted, "Add it: " + why);
        }
    }

    private void report(String key, Object value, String what, String remedy) {
        String property = PREFIX + '.' + key;
        Written written = origins.find(property);
        findings.error(written == null ? property : written.toString(), value + " " + what, remedy);
    }
}
