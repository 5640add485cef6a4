package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.LetterAction;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Letters for reading, of values that every JSON library writes the same way. */
final class LetterViews {

    private final BytesView bytes;

    LetterViews(ShowPayload show) {
        this.bytes = new BytesView(show);
    }

    /** One line of a list. */
    static Map<String, @Nullable Object> brief(ParkedLetter parked) {
        DeadLetter letter = parked.letter();
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", parked.id());
        view.put("status", parked.status().name());
        view.put("source", letter.source().name());
        view.put("group", letter.source().group());
        view.put("fingerprint", letter.failure().fingerprint());
        view.put("exception", letter.failure().exception());
        view.put("attempts", letter.attempts());
        view.put("replayCount", letter.replayCount());
        view.put("replayId", letter.replayId());
        view.put("firstFailedAt", letter.firstFailedAt().toString());
        view.put("lastFailedAt", letter.lastFailedAt().toString());
        view.put("parkedAt", parked.parkedAt().toString());
        view.put("note", parked.note());
        return view;
    }

    Map<String, @Nullable Object> full(ParkedLetter parked, List<LetterAction> actions) {
        DeadLetter letter = parked.letter();
        Map<String, @Nullable Object> view = brief(parked);
        view.put("changedAt", parked.changedAt().toString());
        view.put("place", place(letter.source()));
        view.put("message", letter.failure().message());
        view.put("stackTrace", letter.failure().stackTrace());
        view.put("key", bytes.of(letter.key()));
        view.put("payload", bytes.of(letter.payload()));
        view.put("headers", letter.headers().stream().map(this::header).toList());
        view.put("actions", actions.stream().map(LetterViews::action).toList());
        return view;
    }

    private static Map<String, Object> place(Source source) {
        Map<String, Object> view = new LinkedHashMap<>();
        if (source instanceof Source.Topic topic) {
            view.put("topic", topic.topic());
            view.put("partition", topic.partition());
            view.put("offset", topic.offset());
        } else if (source instanceof Source.Queue queue) {
            view.put("queue", queue.queue());
            view.put("exchange", queue.exchange());
            view.put("routingKey", queue.routingKey());
        }
        return view;
    }

    private Map<String, @Nullable Object> header(Header header) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("name", header.name());
        view.put("value", DeadLetterHeaders.isOurs(header.name()) ? header.text() : bytes.of(header.value()));
        return view;
    }

    private static Map<String, @Nullable Object> action(LetterAction action) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("time", action.time().toString());
        view.put("action", Labels.of(action.kind()));
        view.put("by", action.by());
        view.put("reason", action.reason());
        return view;
    }
}
