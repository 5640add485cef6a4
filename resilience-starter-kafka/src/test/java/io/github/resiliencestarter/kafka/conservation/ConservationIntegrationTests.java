package io.github.resiliencestarter.kafka.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.conservation.Conservation;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ours, in a JVM of its own, while six things go wrong one after the other. The long version has twenty. */
@WithKafka
@WithPostgres
@Timeout(300)
class ConservationIntegrationTests {

    private static final long MESSAGES = 10_000;
    private static final long POISON = MESSAGES / ConsumerApplication.POISON_EVERY;

    @Test
    void every_message_is_processed_or_parked_whatever_dies(KafkaServer kafka, PostgresServer postgres)
            throws Exception {
        Experiment.Outcome outcome = new Experiment(kafka, postgres, ErrorHandling.OURS)
                .run(
                        MESSAGES,
                        Long.getLong(Conservation.SEED, 42),
                        faults -> List.of(
                                faults.broker(),
                                faults.cut(),
                                faults.reset(),
                                faults.consumer(),
                                faults.rebalance(),
                                faults.database()));

        assertThat(outcome.report()).isConserved().wasDisrupted(6);
        assertThat(outcome.report().parked().size()).as("%s", outcome).isEqualTo((int) POISON);
        assertThat(outcome.report().parked().repeated().isEmpty())
                .as("%s", outcome)
                .isTrue();
        assertThat(outcome.repeats().areExplained()).as("%s", outcome).isTrue();
    }
}
