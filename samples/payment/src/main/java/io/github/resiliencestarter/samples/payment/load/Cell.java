package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.gateway.GatewayMode;
import io.github.resiliencestarter.samples.payment.gateway.GatewaySimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One act against one gateway, with a new shop and a new gateway, so that no cell inherits what another left. */
record Cell(GatewayMode mode, Act act, LoadSettings settings) {

    /** Outside the range from which a system picks client ports: else a client could connect to itself while it is down. */
    private static final int GATEWAY_PORT = 8091;

    private static final int WARM_UP_ORDERS = 10;

    /** A flaky gateway stays what it is; one that is gone is worth a second look, when the breaker has noticed. */
    int rounds() {
        return mode == GatewayMode.FLAKY ? 1 : 2;
    }

    List<Round> measure() {
        try (GatewaySimulator gateway = GatewaySimulator.start(GATEWAY_PORT, settings.seed());
                RunningShop shop = RunningShop.start(gateway.uri(), act)) {
            Customers customers = new Customers(shop.uri(), settings.patience());
            gateway.switchTo(GatewayMode.HEALTHY);
            customers.order(WARM_UP_ORDERS, Duration.ZERO);
            gateway.switchTo(mode);
            List<Round> rounds = new ArrayList<>();
            for (int round = 0; round < rounds(); round++) {
                rounds.add(measure(customers, shop, gateway));
            }
            return rounds;
        }
    }

    private Round measure(Customers customers, RunningShop shop, GatewaySimulator gateway) {
        int before = gateway.requests();
        try (ProductProbe probe = new ProductProbe(shop.uri())) {
            long start = System.nanoTime();
            List<OrderResult> orders = customers.order(settings.orders(), settings.arriveWithin());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Round(orders, took, gateway.requests() - before, probe.stop());
        }
    }
}
