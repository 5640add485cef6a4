package io.github.resiliencestarter.kafka.replay;

import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import org.junit.jupiter.api.Tag;

/** With 10,000 letters: takes a minute, so only the profile {@code long} runs it. */
@Tag("long")
class LongReplayCrashIntegrationTests extends ReplayCrashIntegrationTests {

    LongReplayCrashIntegrationTests(KafkaServer kafka, PostgresServer postgres) {
        super(kafka, postgres);
    }

    @Override
    protected int count() {
        return 10_000;
    }
}
