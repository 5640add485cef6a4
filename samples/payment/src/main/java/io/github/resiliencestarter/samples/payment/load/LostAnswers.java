package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.gateway.GatewayMode;
import io.github.resiliencestarter.samples.payment.gateway.GatewaySimulator;
import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What became of the same orders at a gateway that charges each of them and loses some of its answers.
 *
 * @param orders what the customers were told
 * @param requests requests that reached the gateway
 * @param charges how often each order was charged
 * @param paid orders that are paid in the shop when the callbacks have come
 */
record LostAnswers(List<OrderResult> orders, int requests, Collection<Integer> charges, int paid) {

    /** Longer than a callback takes. */
    private static final Duration CALLBACKS = Duration.ofSeconds(8);

    static LostAnswers with(Precaution precaution, LoadSettings settings, int gatewayPort) throws InterruptedException {
        try (GatewaySimulator gateway = GatewaySimulator.start(gatewayPort, settings.seed());
                RunningShop shop = RunningShop.start(gateway.uri(), precaution.arguments(), precaution.parts())) {
            gateway.switchTo(GatewayMode.FORGETFUL);
            List<OrderResult> orders =
                    new Customers(shop.uri(), settings.patience()).order(settings.orders(), settings.arriveWithin());
            Collection<Integer> charges = gateway.chargesByOrder().values();
            int paid = paid(shop);
            long end = System.nanoTime() + CALLBACKS.toNanos();
            while (paid < charges.size() && System.nanoTime() < end) {
                Thread.sleep(50);
                paid = paid(shop);
            }
            return new LostAnswers(orders, gateway.requests(), charges, paid);
        }
    }

    long told(Kind kind) {
        return orders.stream().filter(order -> order.kind() == kind).count();
    }

    /** The customer was told that the payment has failed, and has paid: every order that is sent is charged here. */
    long refusedAndCharged() {
        return charges.size() - told(Kind.CONFIRMED) - told(Kind.UNKNOWN);
    }

    long chargedTwice() {
        return charges.stream().filter(times -> times > 1).count();
    }

    int totalCharges() {
        return charges.stream().mapToInt(Integer::intValue).sum();
    }

    private static int paid(RunningShop shop) {
        return shop.context()
                .getBean(JdbcClient.class)
                .sql("SELECT count(*) FROM orders WHERE status = 'PAID'")
                .query(Integer.class)
                .single();
    }
}
