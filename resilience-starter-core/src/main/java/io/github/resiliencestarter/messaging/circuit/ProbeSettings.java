package io.github.resiliencestarter.messaging.circuit;

import java.time.Duration;

/**
 * How a listener behind an open circuit finds out that it may go on. Immutable.
 *
 * @param interval how often a message is let through where nobody knows the state of the circuit breaker
 * @param attempts how many failures of one message are put down to the outage; whatever it fails for then is its own
 */
public record ProbeSettings(Duration interval, int attempts) {}
