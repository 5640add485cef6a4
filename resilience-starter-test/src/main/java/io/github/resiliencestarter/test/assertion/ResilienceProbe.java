package io.github.resiliencestarter.test.assertion;

import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.Pipeline;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.operations.CallEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.util.ClassUtils;

/**
 * What a test sees of the calls of an application: plans, circuit breakers, and all that happened since {@link #forget()},
 * which is called before each test. A bean of the application under test. Thread-safe.
 */
public final class ResilienceProbe {

    private final ObjectProvider<Pipelines> pipelines;
    private final ObjectProvider<DeadLetterStore> letters;
    private final Measured measured;
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, Tally> forgotten = new ConcurrentHashMap<>();

    private ResilienceProbe(
            ObjectProvider<Pipelines> pipelines, ObjectProvider<DeadLetterStore> letters, Measured measured) {
        this.pipelines = pipelines;
        this.letters = letters;
        this.measured = measured;
    }

    /** Looks at the application with these beans, and at its meters if it has Micrometer. */
    public static ResilienceProbe of(ListableBeanFactory beans) {
        boolean hasMicrometer = ClassUtils.isPresent(
                "io.micrometer.core.instrument.MeterRegistry", ResilienceProbe.class.getClassLoader());
        Measured measured = hasMicrometer ? MeasuredByMicrometer.of(beans) : Measured.NOTHING;
        return new ResilienceProbe(
                beans.getBeanProvider(Pipelines.class), beans.getBeanProvider(DeadLetterStore.class), measured);
    }

    @EventListener
    void record(CallEvent event) {
        events.add(event);
    }

    /**
     * The call of this name, as it is now and with what has happened to it.
     *
     * @throws io.github.resiliencestarter.ResilienceConfigurationException if its plan cannot be used
     * @throws IllegalStateException if the application has no protected calls at all
     */
    public ObservedCall call(String name) {
        Pipelines ofApplication = pipelines.getIfAvailable();
        if (ofApplication == null) {
            throw new IllegalStateException("The application has no protected calls: resilience.enabled is false,"
                    + " or the auto-configuration of resilience-starter-core is not a part of it");
        }
        Pipeline pipeline = ofApplication.get(name);
        Tally sinceStart = Tally.of(pipeline.counts());
        return new ObservedCall(
                pipeline,
                sinceStart.minus(forgotten.getOrDefault(name, Tally.NOTHING)),
                events.stream().filter(event -> event.call().equals(name)).toList(),
                measured);
    }

    /**
     * The dead letters that messages of this topic or queue have become, as the application's store has them now.
     *
     * @throws IllegalStateException if the application has no store of dead letters, or several
     */
    public DeadLetters deadLetters(String source) {
        DeadLetterStore store = letters.getIfUnique();
        if (store == null) {
            throw new IllegalStateException("The application has no bean of type " + DeadLetterStore.class.getName()
                    + ", or several of which none is primary");
        }
        return DeadLetters.of(store, source);
    }

    /** Counts and events of all calls begin anew. */
    public void forget() {
        events.clear();
        measured.forget();
        pipelines.forEach(ofApplication -> ofApplication
                .all()
                .forEach(pipeline -> forgotten.put(pipeline.plan().name(), Tally.of(pipeline.counts()))));
    }

    /** Makes it the one that {@link ResilienceAssertions#call} asks, until {@link #release()}. */
    public void use() {
        CurrentProbe.begin(this);
    }

    /** Ends {@link #use()}. */
    public void release() {
        CurrentProbe.end(this);
    }

    /** Numbers of calls and attempts. */
    record Tally(long attempts, Map<Outcome, Long> outcomes) {

        static final Tally NOTHING = new Tally(0, Map.of());

        static Tally of(CallCounts counts) {
            Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(outcome, counts.of(outcome));
            }
            return new Tally(counts.attempts(), outcomes);
        }

        Tally minus(Tally earlier) {
            Map<Outcome, Long> difference = new EnumMap<>(Outcome.class);
            outcomes.forEach((outcome, count) -> difference.put(outcome, count - earlier.of(outcome)));
            return new Tally(attempts - earlier.attempts, difference);
        }

        long of(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0L);
        }
    }
}
