package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All letters, by source and cause. One query for each status, however many letters there are. */
final class OverviewView {

    private record Key(String source, String fingerprint) {}

    private final DeadLetterStore store;
    private final Clock clock;

    OverviewView(DeadLetterStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Map<String, Object> view() {
        Map<LetterStatus, Long> totals = new EnumMap<>(LetterStatus.class);
        Map<Key, Map<LetterStatus, LetterGroup>> groups = new LinkedHashMap<>();
        for (LetterStatus status : LetterStatus.values()) {
            List<LetterGroup> found = store.groups(LetterFilter.ALL.withStatus(status));
            totals.put(status, found.stream().mapToLong(LetterGroup::count).sum());
            found.forEach(group -> groups.computeIfAbsent(
                            new Key(group.source(), group.fingerprint()), key -> new EnumMap<>(LetterStatus.class))
                    .put(status, group));
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("letters", named(totals));
        store.oldestOpen(LetterFilter.ALL).ifPresent(oldest -> {
            view.put("oldestOpen", oldest.toString());
            // By two clocks: that of the database may be ahead.
            view.put(
                    "oldestOpenSeconds",
                    Math.max(0, Duration.between(oldest, clock.instant()).toSeconds()));
        });
        view.put(
                "groups",
                groups.values().stream()
                        .sorted(Comparator.comparingLong(OverviewView::open).reversed())
                        .map(OverviewView::group)
                        .toList());
        return view;
    }

    private static long open(Map<LetterStatus, LetterGroup> byStatus) {
        LetterGroup open = byStatus.get(LetterStatus.OPEN);
        return open == null ? 0 : open.count();
    }

    private static Map<String, Object> group(Map<LetterStatus, LetterGroup> byStatus) {
        LetterGroup any = byStatus.values().iterator().next();
        Map<LetterStatus, Long> counts = new EnumMap<>(LetterStatus.class);
        byStatus.forEach((status, group) -> counts.put(status, group.count()));
        Instant first = byStatus.values().stream()
                .map(LetterGroup::firstFailedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = byStatus.values().stream()
                .map(LetterGroup::lastFailedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("source", any.source());
        view.put("fingerprint", any.fingerprint());
        view.put("exception", any.exception());
        view.put("letters", named(counts));
        view.put("firstFailedAt", first.toString());
        view.put("lastFailedAt", last.toString());
        return view;
    }

    private static Map<String, Object> named(Map<LetterStatus, Long> counts) {
        Map<String, Object> view = new LinkedHashMap<>();
        for (LetterStatus status : LetterStatus.values()) {
            view.put(Labels.of(status), counts.getOrDefault(status, 0L));
        }
        return view;
    }
}
