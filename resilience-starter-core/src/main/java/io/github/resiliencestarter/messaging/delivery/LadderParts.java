package io.github.resiliencestarter.messaging.delivery;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.MessageObserver;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every delivery needs. */
public record LadderParts(
        DeadLetterTransport transport,
        Supplier<@Nullable DeadLetterStore> store,
        MessageObserver observer,
        DispatchSettings settings,
        CallClock clock,
        Executor executor) {}
