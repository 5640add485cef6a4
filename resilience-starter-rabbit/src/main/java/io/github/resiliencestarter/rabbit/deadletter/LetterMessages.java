package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.LetterForm;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of letters as messages: the message's own, ours, and those of spring-amqp, so that its tools, and everybody's who can
 * read them, know where and why a message failed.
 */
final class LetterMessages {

    private LetterMessages() {}

    /** @param marked the message's own headers, and ours */
    static List<Header> headers(Headers marked, DeadLetter letter) {
        Source.Queue source = (Source.Queue) letter.source();
        List<Header> headers = new ArrayList<>(marked.all().size() + 4);
        for (Header header : marked) {
            if (!isSpring(header.name())) {
                headers.add(header);
            }
        }
        headers.add(Header.of(LetterHeaders.EXCHANGE, source.exchange()));
        headers.add(Header.of(LetterHeaders.ROUTING_KEY, source.routingKey()));
        return headers;
    }

    private static boolean isSpring(String name) {
        return name.startsWith("x-exception-") || name.startsWith("x-original-");
    }

    static List<Header> failure(Failure failure, LetterForm form) {
        List<Header> headers = new ArrayList<>(2);
        if (form.hasException()) {
            if (failure.message() != null) {
                headers.add(Header.of("x-exception-message", form.message(failure.message())));
            }
            String stackTrace = form.stackTrace(failure.stackTrace());
            // There is no header for the class of the exception alone: it stands at the beginning of a stack trace.
            headers.add(Header.of("x-exception-stacktrace", stackTrace.isEmpty() ? failure.exception() : stackTrace));
        }
        return headers;
    }
}
