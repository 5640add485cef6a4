package io.github.resiliencestarter.samples.orders;

import io.github.resiliencestarter.samples.orders.story.StoryTeller;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the service and tells its story. With {@code --story} that is all, and the exit code is 1 if an order is lost. */
public final class OrdersSample {

    private OrdersSample() {}

    public static void main(String[] args) {
        ConfigurableApplicationContext service = SpringApplication.run(OrdersApplication.class, args);
        boolean conserved = StoryTeller.tell(service, System.out);
        if (List.of(args).contains("--story")) {
            System.exit(SpringApplication.exit(service, () -> conserved ? 0 : 1));
        }
        System.out.println("\nThe service goes on, see http://localhost:"
                + service.getEnvironment().getProperty("local.server.port") + "/actuator/deadletters");
    }
}
