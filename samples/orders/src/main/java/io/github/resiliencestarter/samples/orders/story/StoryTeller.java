package io.github.resiliencestarter.samples.orders.story;

import java.io.PrintStream;
import org.springframework.context.ApplicationContext;

/** Makes the story of a running service. */
public final class StoryTeller {

    private StoryTeller() {}

    /** @return false if an order is nowhere, or in two places */
    public static boolean tell(ApplicationContext service, PrintStream out) {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new Story(service.getBean(Shop.class), port, out).tell();
    }
}
