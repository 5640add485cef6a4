package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.replay.ReplayProperties;
import io.github.resiliencestarter.messaging.replay.Replays;
import io.github.resiliencestarter.operations.messages.LetterChanges.Action;
import java.security.Principal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;

/**
 * The actuator endpoint {@code deadletters}: parked letters and their replays. Reading is allowed by default; everything else
 * needs {@code management.endpoint.deadletters.access: unrestricted}. Parameters are texts, so that what cannot be read is
 * answered with what can. Thread-safe.
 */
// Spring's @Nullable and not JSpecify's: Boot 3.5 takes a parameter with any other for a mandatory one
@Endpoint(id = "deadletters", defaultAccess = Access.READ_ONLY)
public class DeadLettersEndpoint {

    private static final String LETTERS = "letters";
    private static final String REPLAYS = "replays";
    private static final int ACCEPTED = 202;
    private static final int MOST_OF_ID = 100;
    private static final int MOST_OF_NAME = 255;
    private static final int MOST_OF_FINGERPRINT = 64;

    private final DeadLetterStore store;
    private final Replays replays;
    private final ReplayProperties properties;
    private final OverviewView overview;
    private final LetterViews views;
    private final LetterChanges changes;

    public DeadLettersEndpoint(
            DeadLetterStore store, Replays replays, ReplayProperties properties, Clock clock, ShowPayload show) {
        this.store = store;
        this.replays = replays;
        this.properties = properties;
        this.overview = new OverviewView(store, clock);
        this.views = new LetterViews(show);
        this.changes = new LetterChanges(store);
    }

    /** All letters by source and cause, and the replays that are running. */
    @ReadOperation
    public Map<String, Object> overview() {
        Map<String, Object> view = overview.view();
        view.put(REPLAYS, replays.running().stream().map(ReplayViews::brief).toList());
        return view;
    }

    /** The letters that are meant, in the order in which they came, or the last replays. */
    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> list(
            @Selector String what,
            @Nullable String source,
            @Nullable String group,
            @Nullable String fingerprint,
            @Nullable String status,
            @Nullable String after,
            @Nullable String limit) {
        return answer(() -> switch (what) {
            case LETTERS ->
                letters(
                        filter(source, group, fingerprint).withStatus(Parameters.status(status)),
                        Parameters.text("after", after, MOST_OF_ID),
                        Parameters.limit(limit));
            case REPLAYS ->
                Map.of(
                        REPLAYS,
                        replays.recent(Parameters.limit(limit)).stream()
                                .map(ReplayViews::brief)
                                .toList());
            default -> throw Refusal.unknownPath(what, List.of(LETTERS, REPLAYS));
        });
    }

    /** One letter with everything, or one replay with its progress. */
    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> show(@Selector String what, @Selector String id) {
        return answer(() -> switch (what) {
            case LETTERS -> views.full(letter(id), store.actions(id));
            case REPLAYS ->
                replays.progress(id).map(ReplayViews::progress).orElseThrow(() -> Refusal.unknown("replay", id));
            default -> throw Refusal.unknownPath(what, List.of(LETTERS, REPLAYS));
        });
    }

    /** Starts a replay, or tells what it would do. */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> start(
            SecurityContext security,
            @Selector String what,
            @Nullable String letter,
            @Nullable String source,
            @Nullable String group,
            @Nullable String fingerprint,
            @Nullable String all,
            @Nullable String perSecond,
            @Nullable String canary,
            @Nullable String maxReplays,
            @Nullable String dryRun,
            @Nullable String reason) {
        return answer(
                () -> {
                    if (!what.equals(REPLAYS)) {
                        throw Refusal.unknownPath(what, List.of(REPLAYS));
                    }
                    LetterFilter letters = filter(source, group, fingerprint);
                    boolean everything = Parameters.yesOrNo("all", all, false);
                    String single = Parameters.text("letter", letter, MOST_OF_ID);
                    if (single == null && letters.equals(LetterFilter.ALL) && !everything) {
                        throw Refusal.missing(
                                "letter, source, group or fingerprint", "say what to replay, or all: true for all");
                    }
                    ReplayRequest request = new ReplayRequest(
                            letters,
                            single,
                            Parameters.number("perSecond", perSecond, properties.perSecond()),
                            Parameters.yesOrNo("canary", canary, properties.canary()),
                            Parameters.whole("maxReplays", maxReplays, properties.maxReplays()),
                            nameOf(security),
                            Parameters.reason(reason));
                    return Parameters.yesOrNo("dryRun", dryRun, false)
                            ? ReplayViews.forecast(replays.dryRun(checked(request)))
                            : ReplayViews.brief(replays.start(checked(request)));
                },
                "true".equalsIgnoreCase(dryRun) ? WebEndpointResponse.STATUS_OK : ACCEPTED);
    }

    /** Discards, reopens, edits or replays one letter. */
    @WriteOperation
    public WebEndpointResponse<Map<String, Object>> change(
            SecurityContext security,
            @Selector String what,
            @Selector String id,
            @Nullable String action,
            @Nullable String reason,
            @Nullable String payload,
            @Nullable String payloadBase64) {
        return answer(() -> {
            if (!what.equals(LETTERS)) {
                throw Refusal.unknownPath(what, List.of(LETTERS));
            }
            String wanted = Parameters.required("action", action, "use one of " + actions());
            String by = nameOf(security);
            letter(id);
            switch (Parameters.constant("action", wanted, Action.class)) {
                case REPLAY -> {
                    ReplayRequest request = properties.request(LetterFilter.ALL, by, Parameters.reason(reason));
                    return ReplayViews.brief(replays.start(checked(request.withLetterId(id))));
                }
                case DISCARD -> changes.discard(id, by, reason);
                case REOPEN -> changes.reopen(id, by, reason);
                case EDIT -> changes.edit(id, Parameters.payload(payload, payloadBase64), by, reason);
            }
            return views.full(letter(id), store.actions(id));
        });
    }

    /** Cancels a replay. */
    @DeleteOperation
    public WebEndpointResponse<Map<String, Object>> cancel(
            SecurityContext security, @Selector String what, @Selector String id) {
        return answer(() -> {
            if (!what.equals(REPLAYS)) {
                throw Refusal.unknownPath(what, List.of(REPLAYS));
            }
            boolean cancelled = replays.cancel(id, nameOf(security));
            ReplayJob job = replays.progress(id)
                    .orElseThrow(() -> Refusal.unknown("replay", id))
                    .job();
            if (!cancelled) {
                throw Refusal.conflict(
                        "Replay '" + id + "' is " + job.status() + ": only a running one can be cancelled");
            }
            return ReplayViews.brief(job);
        });
    }

    private Map<String, Object> letters(
            LetterFilter filter, @org.jspecify.annotations.Nullable String after, int limit) {
        if (after != null && store.find(after).isEmpty()) {
            throw Refusal.bad("after", after, "there is no such letter; use the id that was in next");
        }
        List<ParkedLetter> page = store.find(filter, after, limit);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(LETTERS, page.stream().map(LetterViews::brief).toList());
        if (page.size() == limit) {
            view.put("next", page.get(limit - 1).id());
        }
        return view;
    }

    private ParkedLetter letter(String id) {
        return store.find(id).orElseThrow(() -> Refusal.unknown("letter", id));
    }

    private ReplayRequest checked(ReplayRequest request) {
        if (!(request.perSecond() >= 0) || Double.isInfinite(request.perSecond())) {
            throw Refusal.bad("perSecond", request.perSecond(), "use a number such as 50, or 0 for no limit");
        }
        if (request.maxReplays() < 1) {
            throw Refusal.bad("maxReplays", request.maxReplays(), "use 1 or more");
        }
        String id = request.letterId();
        if (id != null && letter(id).status() != LetterStatus.OPEN) {
            throw Refusal.conflict(
                    "Letter '" + id + "' is " + letter(id).status() + ": only an open one can be replayed");
        }
        return request;
    }

    private static LetterFilter filter(@Nullable String source, @Nullable String group, @Nullable String fingerprint) {
        return LetterFilter.ALL
                .withSource(Parameters.text("source", source, MOST_OF_NAME))
                .withGroup(Parameters.text("group", group, MOST_OF_NAME))
                .withFingerprint(Parameters.text("fingerprint", fingerprint, MOST_OF_FINGERPRINT));
    }

    private static String actions() {
        return Parameters.names(List.of(Action.values()));
    }

    private static String nameOf(SecurityContext security) {
        Principal principal = security.getPrincipal();
        String name = principal == null || principal.getName() == null ? "anonymous" : principal.getName();
        // A name such as that of a certificate may be longer than its column, and must not keep anybody from acting.
        return name.substring(0, Math.min(name.length(), MOST_OF_NAME)).replace('\0', '?');
    }

    private static WebEndpointResponse<Map<String, Object>> answer(Supplier<Map<String, Object>> body) {
        return answer(body, WebEndpointResponse.STATUS_OK);
    }

    private static WebEndpointResponse<Map<String, Object>> answer(Supplier<Map<String, Object>> body, int status) {
        try {
            return new WebEndpointResponse<>(body.get(), status);
        } catch (Refusal refusal) {
            return refusal.response();
        }
    }
}
