package io.github.resiliencestarter.operations;

import java.time.Instant;

/**
 * Something that an application may want to know of, published to Spring's event bus: listen with {@code @EventListener} to a
 * record, or to one of the interfaces for all below it.
 *
 * <p>A listener is called on the thread of the call or of the message, and is a part of its time; {@code @Async} is for what is
 * slow. What it throws is logged and reaches neither.
 */
public sealed interface ResilienceEvent permits CallEvent, MessageEvent {

    /** When it happened. */
    Instant time();
}
