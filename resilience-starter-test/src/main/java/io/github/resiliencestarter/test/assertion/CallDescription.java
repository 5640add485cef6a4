package io.github.resiliencestarter.test.assertion;

import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.plan.PlanValue;
import io.github.resiliencestarter.operations.CallEvent;
import io.github.resiliencestarter.operations.CallFailed;
import io.github.resiliencestarter.operations.CallFellBack;
import io.github.resiliencestarter.operations.CallRecovered;
import io.github.resiliencestarter.operations.CallRejected;
import io.github.resiliencestarter.operations.CallRetried;
import io.github.resiliencestarter.operations.CircuitStateChanged;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a failure message shows of a call: what it is protected by, how its calls ended, and what happened last. */
final class CallDescription {

    private static final int LAST_EVENTS = 10;

    private CallDescription() {}

    static String of(ObservedCall call) {
        StringBuilder text = new StringBuilder();
        text.append("Call '")
                .append(call.name())
                .append("': ")
                .append(order(call))
                .append('\n');
        text.append("  circuit ").append(call.state() == null ? "none" : call.state());
        text.append(", ")
                .append(call.attempts())
                .append(" attempts, calls: ")
                .append(outcomes(call))
                .append('\n');
        text.append("  plan:\n");
        for (Map.Entry<String, PlanValue> entry : call.plan().values().entrySet()) {
            if (hasStrategyOf(entry.getKey(), call)) {
                PlanValue value = entry.getValue();
                text.append("    " + entry.getKey() + " = " + value.value() + " (" + value.origin() + ")\n");
            }
        }
        return text.append(events(call.events())).toString();
    }

    /** The values of a strategy that the call does not have say nothing about it. */
    private static boolean hasStrategyOf(String key, ObservedCall call) {
        String section = key.substring(0, Math.max(0, key.indexOf('.')));
        for (Strategy strategy : Strategy.values()) {
            if (strategy.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(section)) {
                return call.plan().has(strategy);
            }
        }
        return true;
    }

    private static String order(ObservedCall call) {
        return call.order().stream().map(Strategy::label).collect(Collectors.joining(" > "));
    }

    private static String outcomes(ObservedCall call) {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : Outcome.values()) {
            if (call.ended(outcome) > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(call.ended(outcome))
                        .append(' ')
                        .append(outcome.tag());
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    private static String events(List<CallEvent> events) {
        int from = Math.max(0, events.size() - LAST_EVENTS);
        String title = events.isEmpty()
                ? "  events: none"
                : "  last " + (events.size() - from) + " of " + events.size() + " events:";
        return events.subList(from, events.size()).stream()
                .map(event -> "    " + event.time() + " " + event(event))
                .collect(Collectors.joining("\n", title + "\n", ""));
    }

    private static String event(CallEvent event) {
        if (event instanceof CallRetried retried) {
            return "attempt " + retried.attempt() + " failed, next in " + millis(retried.delay()) + ": "
                    + retried.exception();
        }
        if (event instanceof CallFailed failed) {
            return "failed (" + failed.reason().tag() + ") after " + failed.attempts() + " attempts: "
                    + failed.exception();
        }
        if (event instanceof CallFellBack fellBack) {
            return "fell back (" + fellBack.reason().tag() + ") after " + fellBack.attempts() + " attempts: "
                    + fellBack.exception();
        }
        if (event instanceof CallRejected rejected) {
            return "rejected (" + rejected.reason().tag() + ")";
        }
        if (event instanceof CallRecovered recovered) {
            return "recovered with attempt " + recovered.attempts();
        }
        if (event instanceof CircuitStateChanged changed) {
            return "circuit " + changed.from() + " -> " + changed.to();
        }
        return event.toString();
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
