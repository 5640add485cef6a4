package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.test.messaging.InMemoryReplayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class InMemoryReplayStoreTests extends ReplayStoreContract {

    private Instant now = Instant.parse("2026-11-21T03:07:30Z");

    private final ReplayStore store = new InMemoryReplayStore(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Override
    protected ReplayStore store() {
        return store;
    }

    @Override
    protected void advance(Duration duration) {
        now = now.plus(duration);
    }
}
