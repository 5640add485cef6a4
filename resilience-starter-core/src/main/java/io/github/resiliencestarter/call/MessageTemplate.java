package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallFailure;

/** Fills {@code {call}}, {@code {reason}}, {@code {attempts}} and {@code {elapsed}} of a configured message. */
final class MessageTemplate {

    private MessageTemplate() {}

    static String fill(String template, CallFailure failure) {
        if (template.indexOf('{') < 0) {
            return template;
        }
        return template.replace("{call}", failure.call())
                .replace("{reason}", failure.reason().tag())
                .replace("{attempts}", Integer.toString(failure.attempts()))
                .replace("{elapsed}", failure.elapsed().toMillis() + " ms");
    }
}
