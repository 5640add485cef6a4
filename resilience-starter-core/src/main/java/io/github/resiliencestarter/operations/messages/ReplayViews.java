package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.replay.ReplayForecast;
import io.github.resiliencestarter.messaging.replay.ReplayProgress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replays for reading. What was not asked for is absent. */
final class ReplayViews {

    private ReplayViews() {}

    static Map<String, Object> brief(ReplayJob job) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", job.id());
        view.put("status", job.status().name());
        view.put("sent", job.sent());
        view.put("requestedBy", job.request().requestedBy());
        put(view, "reason", job.request().reason());
        view.put("createdAt", job.createdAt().toString());
        Instant endedAt = job.endedAt();
        put(view, "endedAt", endedAt == null ? null : endedAt.toString());
        put(view, "note", job.note());
        view.put("request", request(job.request()));
        return view;
    }

    private static Map<String, Object> request(ReplayRequest request) {
        LetterFilter letters = request.letters();
        Map<String, Object> view = new LinkedHashMap<>();
        put(view, "letter", request.letterId());
        put(view, "source", letters.source());
        put(view, "group", letters.group());
        put(view, "fingerprint", letters.fingerprint());
        Instant before = letters.parkedBefore();
        put(view, "parkedBefore", before == null ? null : before.toString());
        view.put("perSecond", request.perSecond());
        view.put("canary", request.canary());
        view.put("maxReplays", request.maxReplays());
        return view;
    }

    static Map<String, Object> progress(ReplayProgress progress) {
        Map<String, Object> view = brief(progress.job());
        view.put("resolved", progress.resolved());
        view.put("failedAgain", progress.failedAgain());
        view.put("notSeenYet", progress.notSeenYet());
        view.put("left", progress.left());
        view.put("leftOut", progress.leftOut());
        view.put("perSecond", progress.perSecond());
        return view;
    }

    static Map<String, Object> forecast(ReplayForecast forecast) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("dryRun", true);
        view.put("letters", forecast.letters());
        view.put("leftOut", forecast.leftOut());
        view.put("estimatedSeconds", forecast.estimated().toSeconds());
        view.put("groups", forecast.groups().stream().map(ReplayViews::group).toList());
        return view;
    }

    private static Map<String, Object> group(LetterGroup group) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("source", group.source());
        view.put("fingerprint", group.fingerprint());
        view.put("exception", group.exception());
        view.put("letters", group.count());
        return view;
    }

    private static void put(Map<String, Object> view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value);
        }
    }
}
