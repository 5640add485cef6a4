package io.github.resiliencestarter.rabbit.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.QueueType;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.conservation.Conservation;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ours, in a JVM of its own, while six things go wrong one after the other. The long version has twenty. */
@WithRabbit
@WithPostgres
@Timeout(300)
class ConservationIntegrationTests {

    private static final long MESSAGES = 5_000;

    private final RabbitServer rabbit;
    private final PostgresServer postgres;

    ConservationIntegrationTests(RabbitServer rabbit, PostgresServer postgres) {
        this.rabbit = rabbit;
        this.postgres = postgres;
    }

    @ParameterizedTest
    @EnumSource
    void every_message_is_processed_or_parked_whatever_dies(QueueType queueType) throws Exception {
        Experiment.Outcome outcome = new Experiment(rabbit, postgres, queueType, ErrorHandling.OURS)
                .run(
                        MESSAGES,
                        Long.getLong(Conservation.SEED, 42),
                        faults -> List.of(
                                faults.broker(),
                                faults.cut(),
                                faults.reset(),
                                faults.consumer(),
                                faults.rivalry(),
                                faults.database()));

        assertThat(outcome.report()).isConserved().wasDisrupted(6);
        assertThat(outcome.wronglyParked()).as("%s", outcome).isEmpty();
        assertThat(outcome.report().parked().repeated().isEmpty())
                .as("%s", outcome)
                .isTrue();
        assertThat(outcome.repeats().areExplained()).as("%s", outcome).isTrue();
    }
}
