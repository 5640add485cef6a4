package io.github.resiliencestarter.rabbit.replay;

import org.junit.jupiter.api.Tag;

/** With 10,000 letters: takes a minute, so only the profile {@code long} runs it. */
@Tag("long")
class LongReplayCrashIntegrationTests extends ReplayCrashIntegrationTests {

    @Override
    int letters() {
        return 10_000;
    }
}
