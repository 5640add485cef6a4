package io.github.resiliencestarter.rabbit.replay;

import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import org.junit.jupiter.api.Tag;

/** With 10,000 letters: takes a minute, so only the profile {@code long} runs it. */
@Tag("long")
class LongReplayCrashIntegrationTests extends ReplayCrashIntegrationTests {

    LongReplayCrashIntegrationTests(RabbitServer rabbit, PostgresServer postgres) {
        super(rabbit, postgres);
    }

    @Override
    protected int count() {
        return 10_000;
    }
}
