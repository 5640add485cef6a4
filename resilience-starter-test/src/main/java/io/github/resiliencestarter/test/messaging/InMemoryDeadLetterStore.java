package io.github.resiliencestarter.test.messaging;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps letters in memory, and keeps the whole contract but one point: they do not survive the JVM. Thread-safe. */
public final class InMemoryDeadLetterStore implements DeadLetterStore {

    private final Clock clock;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** @param clock what leases and retention go by, such as virtual time */
    public InMemoryDeadLetterStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Parked park(DeadLetter letter) {
        Row row = rows.get(letter.id());
        if (row == null) {
            rows.put(letter.id(), new Row(letter, clock.instant()));
            return Parked.NEW;
        }
        if (letter.replayCount() <= row.letter.replayCount()) {
            return Parked.KNOWN;
        }
        row.letter = letter;
        row.settle(LetterStatus.OPEN, null, clock.instant());
        return Parked.REOPENED;
    }

    @Override
    public synchronized Optional<ParkedLetter> find(String id) {
        return Optional.ofNullable(rows.get(id)).map(Row::parked);
    }

    @Override
    public synchronized List<ParkedLetter> find(LetterFilter filter, @Nullable String after, int limit) {
        Stream<ParkedLetter> all = rows.values().stream().map(Row::parked);
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
        List<ParkedLetter> claimed = new ArrayList<>();
        for (Row row : rows.values()) {
            if (claimed.size() < limit && filter.matches(row.parked()) && row.claim(clock.instant(), lease)) {
                claimed.add(row.parked());
            }
        }
        return claimed;
    }

    @Override
    public synchronized Optional<ParkedLetter> claim(String id, String owner, Duration lease) {
        return Optional.ofNullable(rows.get(id))
                .filter(row -> row.claim(clock.instant(), lease))
                .map(Row::parked);
    }

    @Override
    public synchronized boolean finish(String id, long token, LetterStatus status, @Nullable String note) {
        Row row = rows.get(id);
        if (row == null || row.token != token) {
            return false;
        }
        if (row.leasedUntil != null) {
            row.settle(status, note, clock.instant());
        }
        return true;
    }

    @Override
    public synchronized boolean resolve(String id, int replayCount) {
        Row row = rows.get(id);
        if (row == null || replayCount <= row.letter.replayCount()) {
            return false;
        }
        row.settle(LetterStatus.RESOLVED, row.note, clock.instant());
        return true;
    }

    @Override
    public synchronized long forget(Duration olderThan) {
        int before = rows.size();
        Instant limit = clock.instant().minus(olderThan);
        rows.values().removeIf(row -> row.isDone() && !row.changedAt.isAfter(limit));
        return before - rows.size();
    }

    private Stream<ParkedLetter> matching(LetterFilter filter) {
        return rows.values().stream().map(Row::parked).filter(filter::matches);
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

    private static final class Row {

        private DeadLetter letter;
        private final Instant parkedAt;
        private LetterStatus status = LetterStatus.OPEN;
        private Instant changedAt;
        private long token;
        private @Nullable Instant leasedUntil;
        private @Nullable String note;

        Row(DeadLetter letter, Instant now) {
            this.letter = letter;
            this.parkedAt = now;
            this.changedAt = now;
        }

        boolean claim(Instant now, Duration lease) {
            boolean free = leasedUntil == null || !leasedUntil.isAfter(now);
            if (status != LetterStatus.OPEN || !free) {
                return false;
            }
            token++;
            leasedUntil = now.plus(lease);
            return true;
        }

        void settle(LetterStatus status, @Nullable String note, Instant now) {
            this.status = status;
            this.note = note;
            this.changedAt = now;
            this.leasedUntil = null;
        }

        boolean isDone() {
            return status == LetterStatus.RESOLVED || status == LetterStatus.DISCARDED;
        }

        ParkedLetter parked() {
            return new ParkedLetter(letter, status, token, parkedAt, note);
        }
    }
}
