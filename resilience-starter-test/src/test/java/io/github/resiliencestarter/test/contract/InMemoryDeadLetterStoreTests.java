package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class InMemoryDeadLetterStoreTests extends DeadLetterStoreContract {

    private Instant now = Letters.LAST;

    private final DeadLetterStore store = new InMemoryDeadLetterStore(new Clock() {
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
    protected DeadLetterStore store() {
        return store;
    }

    @Override
    protected void advance(Duration duration) {
        now = now.plus(duration);
    }
}
