package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.parking.LetterParking;
import io.github.resiliencestarter.messaging.parking.ParkingLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Parks what comes into the dead letter queues. Thread-safe. */
public final class LetterIntake extends ParkingLoop<ParkingConsumer> {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Queues that are declared after the start are found after so long. */
    private static final Duration NEW_QUEUES = Duration.ofSeconds(10);

    private static final Duration CONFIRM = Duration.ofSeconds(10);

    private final ConnectionFactory connections;
    private final Supplier<? extends Collection<String>> queues;
    private final ReceivedLetters received;
    private final LetterParking parking;
    private final ParkingQueues aside;
    private final Duration firstWait;
    private final Duration newQueues;

    /**
     * @param connections of the host
     * @param queues the names of the dead letter queues; asked for again and again
     * @param type of the parking queues that have to be declared, {@code quorum} or {@code classic}
     */
    public LetterIntake(
            ConnectionFactory connections,
            Supplier<? extends Collection<String>> queues,
            DeadLetterNames names,
            String type,
            LetterParking parking) {
        this(connections, queues, names, type, parking, Duration.ofSeconds(1), NEW_QUEUES);
    }

    /**
     * @param firstWait after a failure of the store or the broker; twice as long each time, and 30 s at most
     * @param newQueues between two looks for queues that are not there yet
     */
    LetterIntake(
            ConnectionFactory connections,
            Supplier<? extends Collection<String>> queues,
            DeadLetterNames names,
            String type,
            LetterParking parking,
            Duration firstWait,
            Duration newQueues) {
        super(firstWait, LONGEST_WAIT);
        this.connections = connections;
        this.queues = queues;
        this.received = new ReceivedLetters(names, Clock.systemUTC());
        this.parking = parking;
        this.aside = new ParkingQueues(connections, names, type, CONFIRM);
        this.firstWait = firstWait;
        this.newQueues = newQueues;
    }

    /** When the first came of the letters that are here and not parked. */
    Optional<Instant> oldest() {
        return running().flatMap(ParkingConsumer::oldest);
    }

    @Override
    protected ParkingConsumer consumer() {
        LetterQueues consumed = new LetterQueues(connections, queues, Clock.systemUTC(), newQueues);
        return new ParkingConsumer(consumed, received, parking, aside, firstWait);
    }
}
