package io.github.resiliencestarter.kafka.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.conservation.Conservation;
import io.github.resiliencestarter.test.conservation.Disruption;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 100,000 messages and twenty faults on a cluster of three: takes minutes, so only the profile {@code long} runs it. */
@Tag("long")
@WithKafka(nodes = 3)
@WithPostgres
@Timeout(3600)
class LongConservationIntegrationTests {

    private static final long MESSAGES = Long.getLong("resilience.conservation.messages", 100_000);
    private static final long SEED = Long.getLong(Conservation.SEED, 20);

    @Test
    void every_message_is_processed_or_parked_through_twenty_faults(KafkaServer kafka, PostgresServer postgres)
            throws Exception {
        Experiment.Outcome ours = run(kafka, postgres, ErrorHandling.OURS);
        System.out.println(ours);
        Experiment.Outcome stock = run(kafka, postgres, ErrorHandling.STOCK);
        System.out.println(stock);

        assertThat(ours.report()).isConserved().wasDisrupted(20);
        assertThat(ours.report().parked().size()).as("%s", ours).isEqualTo((int)
                (MESSAGES / ConsumerApplication.POISON_EVERY));
        assertThat(ours.repeats().areExplained()).as("%s", ours).isTrue();
    }

    private static Experiment.Outcome run(KafkaServer kafka, PostgresServer postgres, ErrorHandling handling)
            throws Exception {
        return new Experiment(kafka, postgres, handling).run(MESSAGES, SEED, LongConservationIntegrationTests::twenty);
    }

    private static List<Disruption> twenty(Faults faults) {
        return List.of(
                faults.broker(),
                faults.broker(),
                faults.broker(),
                faults.leader(),
                faults.leader(),
                faults.leader(),
                faults.cut(),
                faults.cut(),
                faults.cut(),
                faults.reset(),
                faults.reset(),
                faults.blackHole(),
                faults.blackHole(),
                faults.consumer(),
                faults.consumer(),
                faults.consumer(),
                faults.rebalance(),
                faults.rebalance(),
                faults.database(),
                faults.databaseCut());
    }
}
