package io.github.resiliencestarter.messaging.companion;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.DaemonThreads;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the topics or queues that others need beside them: once at the start, and in the background for as long as the broker
 * does not answer. A broker that is down is no reason not to start, for it may be back before anything fails. Thread-safe.
 *
 * @param <C> what is wanted
 */
public final class CompanionPreparation<C> {

    private static final Logger log = LoggerFactory.getLogger(CompanionPreparation.class);

    private final String kind;
    private final Supplier<Collection<C>> wanted;
    private final Function<Collection<C>, CompanionFindings> broker;
    private final Consumer<Collection<C>> ready;
    private final Duration patience;
    private final Duration pause;
    /** Each problem is told once, however often it is found. */
    private final Set<Problem> told = new HashSet<>();

    private @Nullable Thread background;

    /**
     * @param kind what is prepared, for the log: topics or queues
     * @param wanted asked for anew with each look, which may ask the broker
     * @param broker creates what is missing and looks at the rest; does not throw
     * @param ready is told when all are there
     * @param patience how long the start waits for the first look
     * @param pause between two looks in the background
     */
    public CompanionPreparation(
            String kind,
            Supplier<Collection<C>> wanted,
            Function<Collection<C>, CompanionFindings> broker,
            Consumer<Collection<C>> ready,
            Duration patience,
            Duration pause) {
        this.kind = kind;
        this.wanted = wanted;
        this.broker = broker;
        this.ready = ready;
        this.patience = patience;
        this.pause = pause;
    }

    /** @throws ResilienceConfigurationException if messages would be lost with what there is */
    public void start() {
        CompletableFuture<CompanionFindings> first = new CompletableFuture<>();
        background(first);
        CompanionFindings none = new CompanionFindings();
        try {
            CompanionFindings findings = first.completeOnTimeout(none, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            if (!findings.errors().isEmpty()) {
                throw new ResilienceConfigurationException(findings.errors());
            }
            if (findings == none) {
                log.warn("The broker was not heard for {}: {} are looked at in the background", patience, kind);
            }
        } catch (CompletionException thrown) {
            throw thrown.getCause() instanceof RuntimeException cause ? cause : thrown;
        }
    }

    /** Looks once more in the background, for the broker may have forgotten what it had. Does nothing before the start. */
    public void again() {
        CompletableFuture<CompanionFindings> nobodyWaits = CompletableFuture.completedFuture(new CompanionFindings());
        synchronized (this) {
            if (background != null && !background.isAlive()) {
                background(nobodyWaits);
            }
        }
    }

    public synchronized void stop() {
        Thread thread = background;
        background = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void background(CompletableFuture<CompanionFindings> first) {
        background = DaemonThreads.start("resilience-" + kind, () -> run(first));
    }

    private void run(CompletableFuture<CompanionFindings> first) {
        try {
            CompanionFindings findings = look();
            if (first.complete(findings) && !findings.errors().isEmpty()) {
                return; // the start has failed with them
            }
            tell(findings.errors(), problem -> log.error("{}", problem));
            while (!findings.isComplete()) {
                Thread.sleep(pause.toMillis());
                findings = look();
                tell(findings.errors(), problem -> log.error("{}", problem));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            if (!first.completeExceptionally(failure)) {
                log.error("The {} beside others are not looked at any more", kind, failure);
            }
        }
    }

    private CompanionFindings look() {
        Collection<C> all = wanted.get();
        CompanionFindings findings = all.isEmpty() ? new CompanionFindings() : broker.apply(all);
        if (Thread.currentThread().isInterrupted()) {
            return new CompanionFindings(); // stopped: what goes wrong by then is of no interest
        }
        if (!findings.created().isEmpty()) {
            log.info("Created {} {}", kind, findings.created());
        }
        tell(
                Stream.concat(findings.warnings().stream(), findings.pending().stream())
                        .toList(),
                problem -> log.warn("{}", problem));
        if (findings.isComplete() && findings.errors().isEmpty()) {
            ready.accept(all);
        }
        return findings;
    }

    private void tell(List<Problem> problems, Consumer<Problem> how) {
        synchronized (told) {
            problems.stream().filter(told::add).forEach(how);
        }
    }
}
