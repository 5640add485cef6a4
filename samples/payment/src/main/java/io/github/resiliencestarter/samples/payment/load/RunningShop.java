package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.shop.ShopApplication;
import java.net.URI;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop as it is, on a free port, with what one act switches off. */
record RunningShop(ConfigurableApplicationContext context, URI uri) implements AutoCloseable {

    static RunningShop start(URI gateway, Act act) {
        return start(gateway, act.arguments());
    }

    static RunningShop start(URI gateway, String[] act, Class<?>... more) {
        Stream<String> common = Stream.of(
                "--server.port=0",
                "--shop.gateway-url=" + gateway,
                // hundreds of stack traces would be measured too
                "--logging.level.root=OFF",
                "--spring.main.banner-mode=off",
                // an unprotected shop would wait for its hanging orders
                "--server.shutdown=immediate");
        String[] arguments = Stream.concat(common, Stream.of(act)).toArray(String[]::new);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ShopApplication.class)
                .sources(more)
                .run(arguments);
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return new RunningShop(context, URI.create("http://localhost:" + port));
    }

    @Override
    public void close() {
        context.close();
    }
}
