package io.github.resiliencestarter.test.messaging;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterAction;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps letters in memory, and keeps the whole contract but one point: they do not survive the JVM. Thread-safe. */
public final class InMemoryDeadLetterStore implements DeadLetterStore {

    private final Clock clock;
    private final Map<String, LetterRow> rows = new LinkedHashMap<>();

    /** @param clock what leases and retention go by, such as virtual time */
    public InMemoryDeadLetterStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Parked park(DeadLetter letter) {
        return put(letter, LetterStatus.OPEN, null);
    }

    @Override
    public synchronized void settle(DeadLetter letter, String note) {
        if (put(letter, LetterStatus.RESOLVED, note) == Parked.KNOWN) {
            row(letter.id()).orElseThrow().settle(LetterStatus.RESOLVED, note, clock.instant());
        }
    }

    private Parked put(DeadLetter letter, LetterStatus status, @Nullable String note) {
        LetterRow row = rows.get(letter.id());
        if (row == null) {
            rows.put(letter.id(), new LetterRow(letter, status, note, clock.instant()));
            return Parked.NEW;
        }
        if (!row.isOlderThan(letter.replayCount())) {
            return Parked.KNOWN;
        }
        row.replace(letter);
        row.settle(status, note, clock.instant());
        return Parked.REOPENED;
    }

    @Override
    public synchronized Optional<ParkedLetter> find(String id) {
        return row(id).map(LetterRow::parked);
    }

    @Override
    public synchronized List<ParkedLetter> find(LetterFilter filter, @Nullable String after, int limit) {
        Stream<ParkedLetter> all = rows.values().stream().map(LetterRow::parked);
        Stream<ParkedLetter> rest = after == null
                ? all
                : all.dropWhile(each -> !each.id().equals(after)).skip(1);
        return rest.filter(filter::matches).limit(limit).toList();
    }

    @Override
    public synchronized long count(LetterFilter filter) {
        return matching(filter).count();
    }

    @Override
    public synchronized Optional<Instant> oldestOpen(LetterFilter filter) {
        return matching(filter.withStatus(LetterStatus.OPEN))
                .map(ParkedLetter::parkedAt)
                .findFirst();
    }

    @Override
    public synchronized List<LetterGroup> groups(LetterFilter filter) {
        return matching(filter)
                .map(ParkedLetter::letter)
                .collect(Collectors.groupingBy(
                        letter ->
                                List.of(letter.source().name(), letter.failure().fingerprint()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .map(InMemoryDeadLetterStore::group)
                .sorted(Comparator.comparingLong(LetterGroup::count).reversed())
                .toList();
    }

    @Override
    public synchronized List<ParkedLetter> claim(LetterFilter filter, String owner, Duration lease, int limit) {
        return rows.values().stream()
                .filter(row -> row.isFree(clock.instant()) && filter.matches(row.parked()))
                .limit(limit)
                .map(row -> claimed(row, lease))
                .toList();
    }

    @Override
    public synchronized Optional<ParkedLetter> claim(String id, String owner, Duration lease) {
        return row(id).filter(row -> row.isFree(clock.instant())).map(row -> claimed(row, lease));
    }

    private ParkedLetter claimed(LetterRow row, Duration lease) {
        row.claim(clock.instant(), lease);
        return row.parked();
    }

    @Override
    public synchronized boolean finish(String id, long token, LetterStatus status, @Nullable String note) {
        LetterRow row = rows.get(id);
        if (row == null || row.isFencing(token)) {
            return false;
        }
        if (row.isClaimed()) {
            row.settle(status, note, clock.instant());
        }
        return true;
    }

    @Override
    public synchronized boolean replayed(String id, long token, String replayId) {
        boolean finished = finish(id, token, LetterStatus.REPLAYED, null);
        if (finished) {
            row(id).orElseThrow().replayedBy(replayId);
        }
        return finished;
    }

    @Override
    public synchronized boolean resolve(String id, int replayCount, @Nullable String replayId) {
        Optional<LetterRow> resolved = row(id).filter(row -> row.isOlderThan(replayCount));
        resolved.ifPresent(row -> {
            row.settle(LetterStatus.RESOLVED, row.parked().note(), clock.instant());
            if (replayId != null) {
                row.replayedBy(replayId);
            }
        });
        return resolved.isPresent();
    }

    @Override
    public synchronized boolean edit(String id, byte @Nullable [] payload, String by, String reason) {
        Optional<LetterRow> edited = row(id).filter(row -> row.isFree(clock.instant()));
        edited.ifPresent(row -> row.edit(payload, clock.instant()));
        return audited(edited, LetterAction.Kind.EDITED, by, reason);
    }

    @Override
    public synchronized boolean discard(String id, String by, String reason) {
        Set<LetterStatus> from = Set.of(LetterStatus.OPEN, LetterStatus.REPLAYED);
        Optional<LetterRow> discarded =
                row(id).filter(row -> from.contains(row.parked().status()));
        discarded.ifPresent(row -> row.settle(LetterStatus.DISCARDED, reason, clock.instant()));
        return audited(discarded, LetterAction.Kind.DISCARDED, by, reason);
    }

    @Override
    public synchronized boolean reopen(String id, String by, String reason) {
        Optional<LetterRow> reopened = row(id).filter(row -> row.parked().status() == LetterStatus.DISCARDED);
        reopened.ifPresent(row -> row.settle(LetterStatus.OPEN, reason, clock.instant()));
        return audited(reopened, LetterAction.Kind.REOPENED, by, reason);
    }

    private boolean audited(Optional<LetterRow> row, LetterAction.Kind kind, String by, String reason) {
        row.ifPresent(
                each -> each.actions.add(new LetterAction(each.parked().id(), clock.instant(), kind, by, reason)));
        return row.isPresent();
    }

    @Override
    public synchronized List<LetterAction> actions(String id) {
        return row(id).map(row -> List.copyOf(row.actions)).orElse(List.of());
    }

    @Override
    public synchronized long forget(Duration olderThan) {
        int before = rows.size();
        Instant limit = clock.instant().minus(olderThan);
        rows.values().removeIf(row -> row.isDoneSince(limit));
        return before - rows.size();
    }

    private Optional<LetterRow> row(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    private Stream<ParkedLetter> matching(LetterFilter filter) {
        return rows.values().stream().map(LetterRow::parked).filter(filter::matches);
    }

    private static LetterGroup group(List<DeadLetter> letters) {
        DeadLetter last = letters.stream()
                .max(Comparator.comparing(DeadLetter::lastFailedAt))
                .orElseThrow();
        Instant first = letters.stream()
                .map(DeadLetter::firstFailedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new LetterGroup(
                last.source().name(),
                last.failure().fingerprint(),
                last.failure().exception(),
                letters.size(),
                first,
                last.lastFailedAt());
    }
}
