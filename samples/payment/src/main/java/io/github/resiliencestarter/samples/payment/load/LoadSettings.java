package io.github.resiliencestarter.samples.payment.load;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * How much load; every value can be given as an option, for example {@code --orders=50}.
 *
 * @param orders customers per round, each with one order
 * @param arriveWithin the time in which they arrive; 0 for all at once
 * @param patience how long a customer waits for an answer
 * @param limit no cell is started after this time
 * @param seed decides which requests the flaky gateway refuses
 */
public record LoadSettings(
        @DefaultValue("100") int orders,
        @DefaultValue("2s") Duration arriveWithin,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("5m") Duration limit,
        @DefaultValue("" + DEFAULT_SEED) long seed) {

    public static final long DEFAULT_SEED = 42;

    private static final int MAX_ORDERS = 1_000;

    public LoadSettings {
        if (orders < 1 || orders > MAX_ORDERS) {
            throw new IllegalArgumentException("--orders=" + orders + ": must be between 1 and " + MAX_ORDERS);
        }
    }

    public static LoadSettings from(String... args) {
        MutablePropertySources options = new MutablePropertySources();
        options.addFirst(new SimpleCommandLinePropertySource(args));
        return new Binder(ConfigurationPropertySources.from(options)).bindOrCreate("", LoadSettings.class);
    }
}
