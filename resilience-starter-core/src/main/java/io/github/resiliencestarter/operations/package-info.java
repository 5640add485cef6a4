/**
 * What operators see of calls and of messages: log, meters, events, the {@code resilience} endpoint and health. The {@link
 * io.github.resiliencestarter.operations.ResilienceEvent events} are for applications to listen to; everything else here is
 * <em>internal</em>.
 */
@NullMarked
package io.github.resiliencestarter.operations;

import org.jspecify.annotations.NullMarked;
