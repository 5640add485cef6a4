package io.github.resiliencestarter.samples.payment;

import io.github.resiliencestarter.samples.payment.gateway.GatewayControl;
import io.github.resiliencestarter.samples.payment.gateway.GatewaySimulator;
import io.github.resiliencestarter.samples.payment.load.LoadRun;
import io.github.resiliencestarter.samples.payment.load.LoadSettings;
import io.github.resiliencestarter.samples.payment.load.LostAnswersRun;
import io.github.resiliencestarter.samples.payment.shop.ShopApplication;
import java.util.List;
import org.springframework.boot.SpringApplication;

/** Starts the shop and the gateway; with {@code --load}, measures what each pattern is worth instead, with {@code --lost-answers}, who pays twice. */
public final class PaymentSample {

    private static final int GATEWAY_PORT = 8081;
    private static final int CONTROL_PORT = 8082;

    private PaymentSample() {}

    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--lost-answers")) {
            new LostAnswersRun(LoadSettings.from(args), System.out).run();
            System.exit(0);
        }
        if (List.of(args).contains("--load")) {
            new LoadRun(LoadSettings.from(args), System.out).run();
            // threads of abandoned requests must not keep the JVM
            System.exit(0);
        }
        GatewayControl.start(CONTROL_PORT, GatewaySimulator.start(GATEWAY_PORT, LoadSettings.DEFAULT_SEED));
        SpringApplication.run(ShopApplication.class, args);
    }
}
