package io.github.resiliencestarter.samples.payment.load;

import java.util.List;

/** What a shop does about answers that are lost. The circuit breaker is off, so that each of them sends every order. */
enum Precaution {
    PLAIN_RETRIES(
            "plain retries, no key",
            "resilience.enabled=false",
            "shop.idempotency-key=false",
            "spring.http.client.read-timeout=1s") {
        @Override
        Class<?>[] parts() {
            return new Class<?>[] {PlainRetries.class};
        }
    },
    NO_KEY(
            "ours, no key, not idempotent",
            call("idempotent") + "=false",
            call("circuit-breaker.enabled") + "=false",
            "shop.idempotency-key=false"),
    KEY("ours, key, idempotent", call("circuit-breaker.enabled") + "=false");

    private final String title;
    private final List<String> properties;

    Precaution(String title, String... properties) {
        this.title = title;
        this.properties = List.of(properties);
    }

    String title() {
        return title;
    }

    String[] arguments() {
        return properties.stream().map(property -> "--" + property).toArray(String[]::new);
    }

    /** What the shop has besides. */
    Class<?>[] parts() {
        return new Class<?>[0];
    }

    private static String call(String key) {
        return "resilience.calls.paymentGateway." + key;
    }
}
