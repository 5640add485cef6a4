package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import java.time.Duration;
import java.util.List;

/**
 * What was measured while one set of customers ordered.
 *
 * @param took from the first order to the last answer
 * @param gatewayCalls requests that reached the gateway meanwhile
 * @param products latencies of /products meanwhile
 */
record Round(List<OrderResult> orders, Duration took, int gatewayCalls, List<Duration> products) {

    private static final Duration PROMPT = Duration.ofMillis(100);

    double percent(Kind kind) {
        return 100.0 * orders.stream().filter(order -> order.kind() == kind).count() / orders.size();
    }

    Duration mean() {
        return orders.stream()
                .map(OrderResult::latency)
                .reduce(Duration.ZERO, Duration::plus)
                .dividedBy(orders.size());
    }

    /** Nearest rank: of 100 orders the second slowest. */
    Duration p99() {
        List<Duration> sorted =
                orders.stream().map(OrderResult::latency).sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }

    double percentOfPromptProducts() {
        return 100.0
                * products.stream()
                        .filter(latency -> latency.compareTo(PROMPT) < 0)
                        .count()
                / products.size();
    }

    Duration slowestProducts() {
        return products.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
