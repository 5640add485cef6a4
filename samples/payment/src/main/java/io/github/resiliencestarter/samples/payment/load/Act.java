package io.github.resiliencestarter.samples.payment.load;

import java.util.List;

/** What is switched off of application.yml. Acts differ in nothing else. */
enum Act {
    UNPROTECTED("unprotected", "resilience.enabled"),
    TIMEOUT("timeout", call("retry"), call("circuit-breaker"), call("bulkhead")),
    RETRY("+ retry", call("circuit-breaker"), call("bulkhead")),
    FULL("+ breaker, bulkhead");

    private final String title;
    private final List<String> off;

    Act(String title, String... off) {
        this.title = title;
        this.off = List.of(off);
    }

    String title() {
        return title;
    }

    String[] arguments() {
        return off.stream().map(property -> "--" + property + "=false").toArray(String[]::new);
    }

    private static String call(String pattern) {
        return "resilience.calls.paymentGateway." + pattern + ".enabled";
    }
}
