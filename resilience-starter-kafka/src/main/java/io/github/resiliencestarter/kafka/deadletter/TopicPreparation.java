package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the topics that others need beside them: once at the start, and in the background for as long as the broker does not
 * answer. A broker that is down is no reason not to start, for it may be back before anything fails.
 */
public final class TopicPreparation {

    private static final Logger log = LoggerFactory.getLogger(TopicPreparation.class);

    private final Supplier<Collection<CompanionTopic>> topics;
    private final CompanionTopics admin;
    private final Consumer<Collection<CompanionTopic>> ready;
    private final Duration pause;
    /** Each problem is told once, however often it is found. */
    private final Set<Problem> told = new HashSet<>();

    private @Nullable Thread background;

    /**
     * @param topics asked for anew with each look, which may ask the broker
     * @param ready is told when all are there
     * @param pause between two looks in the background
     */
    public TopicPreparation(
            Supplier<Collection<CompanionTopic>> topics,
            CompanionTopics admin,
            Consumer<Collection<CompanionTopic>> ready,
            Duration pause) {
        this.topics = topics;
        this.admin = admin;
        this.ready = ready;
        this.pause = pause;
    }

    /** @throws ResilienceConfigurationException if messages would be lost with the topics that there are */
    public synchronized void start() {
        TopicFindings findings = look();
        if (!findings.errors().isEmpty()) {
            throw new ResilienceConfigurationException(findings.errors());
        }
        if (!findings.isComplete()) {
            Thread thread = new Thread(this::lookUntilComplete, "resilience-topics");
            thread.setDaemon(true);
            background = thread;
            thread.start();
        }
    }

    public synchronized void stop() {
        Thread thread = background;
        background = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void lookUntilComplete() {
        try {
            TopicFindings findings;
            do {
                Thread.sleep(pause.toMillis());
                findings = look();
                tell(findings.errors(), problem -> log.error("{}", problem));
            } while (!findings.isComplete());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private TopicFindings look() {
        Collection<CompanionTopic> wanted = topics.get();
        TopicFindings findings = wanted.isEmpty() ? new TopicFindings() : admin.prepare(wanted);
        if (!findings.created().isEmpty()) {
            log.info("Created topics {}", findings.created());
        }
        tell(
                Stream.concat(findings.warnings().stream(), findings.pending().stream())
                        .toList(),
                problem -> log.warn("{}", problem));
        if (findings.isComplete() && findings.errors().isEmpty()) {
            ready.accept(wanted);
        }
        return findings;
    }

    private void tell(List<Problem> problems, Consumer<Problem> how) {
        problems.stream().filter(told::add).forEach(how);
    }
}
