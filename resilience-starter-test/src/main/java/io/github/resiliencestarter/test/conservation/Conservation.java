package io.github.resiliencestarter.test.conservation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Sends numbered messages while servers die, networks fail and consumers crash, and then looks for each one of them.
 *
 * <pre>{@code
 * ConservationReport report = Conservation.of(transport)
 *         .messages(10_000)
 *         .disrupt(Disruption.kill(kafka.node(0)), Disruption.network(kafka.proxy(), new Cut()))
 *         .stopConsumers(container::stop)
 *         .run();
 * assertThat(report).isConserved();
 * }</pre>
 *
 * <p>What happens when is decided by a seed, which the report names and {@code -Dresilience.test.seed} repeats. Which messages are
 * in flight at that moment is up to the machine. Not thread-safe.
 */
public final class Conservation {

    /** The system property with the seed; the environment variable is {@code RESILIENCE_TEST_SEED}. */
    public static final String SEED = "resilience.test.seed";

    private final Transport transport;
    private final List<Disruption> random = new ArrayList<>();
    private final List<Planned> fixed = new ArrayList<>();
    private long messages = 10_000;
    private int ratePerSecond = 2_000;
    private int mostUnconfirmed = 1_000;
    private long seed = Seed.chosen(System::getProperty, System::getenv);
    private Duration shortest = Duration.ofMillis(500);
    private Duration longest = Duration.ofSeconds(2);
    private Duration patience = Duration.ofSeconds(60);
    private Duration quiet = Duration.ofSeconds(10);
    private Runnable stopConsumers = () -> {};

    private Conservation(Transport transport) {
        this.transport = transport;
    }

    public static Conservation of(Transport transport) {
        return new Conservation(transport);
    }

    /** How many messages are sent, with the numbers from 1; 10,000 by default. */
    public Conservation messages(long messages) {
        this.messages = positive("messages", messages);
        return this;
    }

    /** How many messages are sent per second at most; 2,000 by default. */
    public Conservation ratePerSecond(int ratePerSecond) {
        this.ratePerSecond = (int) positive("ratePerSecond", ratePerSecond);
        return this;
    }

    /** How many messages may wait for the broker's confirmation at a time; 1,000 by default. */
    public Conservation mostUnconfirmed(int mostUnconfirmed) {
        this.mostUnconfirmed = (int) positive("mostUnconfirmed", mostUnconfirmed);
        return this;
    }

    /** Each of them happens once, one after the other and under traffic; when and for how long the seed decides. */
    public Conservation disrupt(Disruption... disruptions) {
        random.addAll(List.of(disruptions));
        return this;
    }

    /** It happens when so many messages have been sent, and lasts so long; it waits for one that is still going on. */
    public Conservation disruptAt(long message, Duration duration, Disruption disruption) {
        fixed.add(new Planned(disruption, message, duration));
        return this;
    }

    /** How long those disruptions last whose time the seed decides; 500 ms to 2 s by default. */
    public Conservation lasting(Duration shortest, Duration longest) {
        if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("Lasting from " + shortest + " to " + longest
                    + ": neither may be negative, and the first must not be longer than the second");
        }
        this.shortest = shortest;
        this.longest = longest;
        return this;
    }

    /** The seed; by default the system property {@value #SEED}, the environment variable, or else another one each time. */
    public Conservation seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * How long to wait for confirmations and, after the last message, until all are accounted for (60 s by default). A shorter
     * time without any change (10 s by default) ends the wait early: whatever is missing then will not come.
     */
    public Conservation settleWithin(Duration patience, Duration quiet) {
        this.patience = patience;
        this.quiet = quiet;
        return this;
    }

    /** Stops the consumers when all is settled, so that what is left in the broker can be counted. */
    public Conservation stopConsumers(Runnable stopConsumers) {
        this.stopConsumers = stopConsumers;
        return this;
    }

    /**
     * Runs it all, for as long as it takes.
     *
     * @throws IllegalStateException if a disruption could not be begun or ended: then nothing is proved
     */
    public ConservationReport run() {
        Progress progress = new Progress();
        Sender sender = new Sender(transport, progress, ratePerSecond, mostUnconfirmed);
        FutureTask<List<Disrupted>> disruptions = new FutureTask<>(new Disruptor(schedule(), progress));
        Thread thread = new Thread(disruptions, "disruptor");
        thread.setDaemon(true);
        thread.start();
        try {
            sender.send(messages, patience);
            progress.end();
            List<Disrupted> happened = disruptions.get();
            sender.awaitAnswers(patience);
            new Settling(transport, sender.acknowledged()).await(patience, quiet);
            stopConsumers.run();
            return ConservationReport.of(transport, messages, progress.sent(), sender, happened, seed);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "A disruption failed, so nothing is proved; repeat with seed " + seed, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted, so nothing is proved", e);
        } finally {
            disruptions.cancel(true); // an interrupted disruption is undone
        }
    }

    private List<Planned> schedule() {
        List<Planned> all = new ArrayList<>(Schedule.random(seed, messages, random, shortest, longest));
        all.addAll(fixed);
        all.sort((one, other) -> Long.compare(one.atMessage(), other.atMessage()));
        return all;
    }

    private static long positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be at least 1");
        }
        return value;
    }
}
