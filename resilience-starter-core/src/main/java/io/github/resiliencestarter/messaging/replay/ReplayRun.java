package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.Source;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One replay, from when this instance has claimed it until it ends or another instance may go on. What it has done is with the
 * letters and nowhere else, so whoever goes on after a crash does the rest. Letters that were sent and not marked when it crashed
 * are sent again, with the same id and replay count, and their consumer passes over what it has processed. Used by one thread.
 */
final class ReplayRun {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final ReplayParts parts;
    private final ReplayJob job;
    private final ReplayLease lease;
    private final ReplayLetters letters;
    private final Canary canary;
    private final Pacer pacer;
    private final Sending sending;
    private final Outage outage = new Outage();
    /** Which the broker did not take: others go first, or one that it never takes would keep a step of the canary from all of them. */
    private final Set<String> refused = new HashSet<>();

    private final int batchSize;
    private long lastSentAt;
    private @Nullable ReplayStatus end;
    private @Nullable String note;

    ReplayRun(ReplayParts parts, ReplayJob job, BooleanSupplier stopping, Runnable meanwhile) {
        this.parts = parts;
        this.job = job;
        this.lease = new ReplayLease(parts, job, stopping, meanwhile);
        this.letters = new ReplayLetters(parts.letters(), job);
        boolean single = job.request().letterId() != null;
        this.canary = new Canary(letters, job.request().canary() && !single);
        this.pacer = new Pacer(parts.clock(), job.request().perSecond());
        this.sending = new Sending(job.replay(), parts.traces());
        this.batchSize = batchSize(job.request().perSecond());
        this.lastSentAt = parts.clock().nanoTime();
    }

    /** As many letters as are sent in a quarter of their lease, so that it is not over before they are. */
    private int batchSize(double perSecond) {
        int most = parts.properties().maxInFlight();
        double inTime = perSecond * parts.properties().lease().toSeconds() / 4;
        return perSecond == 0 ? most : (int) Math.max(1, Math.min(most, inTime));
    }

    void run() throws InterruptedException {
        while (end == null && lease.holds()) {
            Canary.Look look = canary.look();
            if (look.stop() != null) {
                stop(look.stop());
            } else if (look.room() == 0) {
                awaitVerdict();
            } else {
                sendSome((int) Math.min(look.room(), batchSize));
            }
        }
        lease.settle(end, note);
    }

    private void stop(String why) {
        end = ReplayStatus.STOPPED;
        note = why;
    }

    private void awaitVerdict() throws InterruptedException {
        Duration timeout = parts.properties().canaryTimeout();
        if (parts.clock().nanoTime() - lastSentAt < timeout.toNanos()) {
            lease.pause(MOMENT);
        } else {
            stop("No verdict on the letters that were sent within " + timeout
                    + " (resilience.dead-letters.replay.canary-timeout): is their consumer running, and has it a"
                    + " DeadLetterStore to say what became of them? If it has none, set canary: false");
        }
    }

    private void sendSome(int most) throws InterruptedException {
        if (!lease.pause(Duration.ofNanos(pacer.untilNext()))) {
            return;
        }
        List<ParkedLetter> claimed =
                letters.claim(parts.owner(), parts.properties().lease(), most + refused.size());
        if (claimed.isEmpty()) {
            nothingToClaim();
            return;
        }
        try {
            send(othersFirst(claimed, most));
        } finally {
            while (sending.inFlight() > 0) {
                take(sending.next(MOMENT));
                lease.holds();
            }
        }
        Duration wait = outage.waitBeforeNext(job.id());
        if (!wait.isZero()) {
            // It is not about single letters: all of them wait, and go in their order.
            refused.clear();
        }
        lease.pause(wait);
    }

    /** At most so many, of those that were not refused if there are any; the rest is given back. */
    private List<ParkedLetter> othersFirst(List<ParkedLetter> claimed, int most) {
        if (refused.isEmpty()) {
            return claimed;
        }
        List<ParkedLetter> others = claimed.stream()
                .filter(letter -> !refused.contains(letter.id()))
                .toList();
        List<ParkedLetter> now = others.isEmpty() ? claimed : others;
        List<ParkedLetter> sent = now.subList(0, Math.min(most, now.size()));
        claimed.stream().filter(letter -> !sent.contains(letter)).forEach(rest -> letters.giveBack(rest, rest.note()));
        return sent;
    }

    /** What somebody else has claimed is waited for: whoever it was may have crashed. */
    private void nothingToClaim() throws InterruptedException {
        if (letters.left() > 0) {
            lease.pause(MOMENT);
        } else if (canary.isOver() || canary.haveVerdict()) {
            String failed = canary.look().stop();
            end = failed == null ? ReplayStatus.COMPLETED : ReplayStatus.STOPPED;
            note = failed;
        } else {
            awaitVerdict();
        }
    }

    private void send(List<ParkedLetter> claimed) throws InterruptedException {
        for (int i = 0; i < claimed.size(); i++) {
            ParkedLetter letter = claimed.get(i);
            Source source = letter.letter().source();
            Optional<DeadLetterTransport> transport = parts.transportOf(source);
            if (transport.isEmpty()) {
                stop("Nothing in this application takes letters of '" + source.name() + "' (group " + source.group()
                        + ") back: replay them where their listener is, or say in the request which source is meant");
            }
            if (end != null || !lease.pause(Duration.ofNanos(pacer.untilNext()))) {
                claimed.subList(i, claimed.size()).forEach(rest -> letters.giveBack(rest, rest.note()));
                return;
            }
            pacer.sent();
            lastSentAt = parts.clock().nanoTime();
            sending.send(letter, transport.orElseThrow());
            take(sending.next(NOW));
        }
    }

    private void take(Sending.@Nullable Answer answer) throws InterruptedException {
        if (answer == null) {
            return;
        }
        ParkedLetter letter = answer.letter();
        Throwable failure = answer.failure();
        if (failure != null) {
            outage.failed(failure);
            if (refused.size() >= parts.properties().maxInFlight()) {
                refused.clear();
            }
            refused.add(letter.id());
            letters.giveBack(letter, "Replay " + job.id() + " could not send it: " + Outage.text(failure));
            return;
        }
        outage.over();
        mark(letter);
        lease.sent();
        parts.observer().replayed(letter.letter(), job.replay());
    }

    /** A letter that was sent and is not marked is sent again: worth trying as long as nobody else can claim it. */
    private void mark(ParkedLetter letter) throws InterruptedException {
        long until = parts.clock().nanoTime() + parts.properties().lease().toNanos() / 2;
        while (true) {
            try {
                letters.markSent(letter);
                return;
            } catch (RuntimeException storeDown) {
                if (parts.clock().nanoTime() - until >= 0) {
                    throw storeDown;
                }
                parts.clock().sleep(MOMENT.toNanos());
            }
        }
    }
}
