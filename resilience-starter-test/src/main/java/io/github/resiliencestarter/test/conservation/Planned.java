package io.github.resiliencestarter.test.conservation;

import java.time.Duration;

/** A disruption that is to begin when so many messages have been sent, and to last so long. */
record Planned(Disruption disruption, long atMessage, Duration duration) {}
