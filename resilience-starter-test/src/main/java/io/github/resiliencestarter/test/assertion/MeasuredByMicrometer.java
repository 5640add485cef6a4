package io.github.resiliencestarter.test.assertion;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Reads Micrometer's meters. Its own class, so that Micrometer may be absent. */
final class MeasuredByMicrometer implements Measured {

    private final ObjectProvider<MeterRegistry> registry;
    private final Map<Meter.Id, Double> forgotten = new ConcurrentHashMap<>();

    private MeasuredByMicrometer(ObjectProvider<MeterRegistry> registry) {
        this.registry = registry;
    }

    static Measured of(ListableBeanFactory beans) {
        return new MeasuredByMicrometer(beans.getBeanProvider(MeterRegistry.class));
    }

    @Override
    public @Nullable Double count(String meter, String call, String... tags) {
        MeterRegistry found = registry.getIfUnique();
        if (found == null) {
            return null;
        }
        Collection<Meter> meters =
                found.find(meter).tag("call", call).tags(tags).meters();
        return meters.isEmpty()
                ? null
                : meters.stream().mapToDouble(this::sinceForgotten).sum();
    }

    @Override
    public void forget() {
        registry.ifUnique(found -> found.getMeters().forEach(meter -> forgotten.put(meter.getId(), sinceStart(meter))));
    }

    private double sinceForgotten(Meter meter) {
        return sinceStart(meter) - forgotten.getOrDefault(meter.getId(), 0.0);
    }

    private static double sinceStart(Meter meter) {
        for (Measurement measurement : meter.measure()) {
            if (measurement.getStatistic() == Statistic.COUNT) {
                return measurement.getValue();
            }
        }
        return 0;
    }
}
