package io.github.resiliencestarter.rabbit.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.conservation.Conservation;
import io.github.resiliencestarter.test.conservation.Disruption;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 50,000 messages and twenty faults: takes minutes, so only the profile {@code long} runs it. */
@Tag("long")
@WithRabbit
@WithPostgres
@Timeout(3600)
class LongConservationIntegrationTests {

    private static final long MESSAGES = Long.getLong("resilience.conservation.messages", 50_000);
    private static final long SEED = Long.getLong(Conservation.SEED, 20);

    private final RabbitServer rabbit;
    private final PostgresServer postgres;

    LongConservationIntegrationTests(RabbitServer rabbit, PostgresServer postgres) {
        this.rabbit = rabbit;
        this.postgres = postgres;
    }

    @ParameterizedTest
    @EnumSource
    void every_message_is_processed_or_parked_through_twenty_faults(QueueType queueType) throws Exception {
        Experiment.Outcome ours = run(queueType, ErrorHandling.OURS);
        System.out.println(ours);
        System.out.println(run(queueType, ErrorHandling.STOCK_CONFIRMS));
        System.out.println(run(queueType, ErrorHandling.STOCK_REJECT));

        assertThat(ours.report()).isConserved().wasDisrupted(20);
        assertThat(ours.wronglyParked()).as("%s", ours).isEmpty();
        assertThat(ours.report().parked().repeated().isEmpty()).as("%s", ours).isTrue();
        assertThat(ours.repeats().areExplained()).as("%s", ours).isTrue();
    }

    private Experiment.Outcome run(QueueType queueType, ErrorHandling handling) throws Exception {
        return new Experiment(rabbit, postgres, queueType, handling)
                .run(MESSAGES, SEED, LongConservationIntegrationTests::twenty);
    }

    private static List<Disruption> twenty(Faults faults) {
        return List.of(
                faults.broker(),
                faults.broker(),
                faults.broker(),
                faults.broker(),
                faults.cut(),
                faults.cut(),
                faults.cut(),
                faults.cut(),
                faults.reset(),
                faults.reset(),
                faults.reset(),
                faults.reset(),
                faults.consumer(),
                faults.consumer(),
                faults.consumer(),
                faults.consumer(),
                faults.rivalry(),
                faults.database(),
                faults.database(),
                faults.databaseCut());
    }
}
