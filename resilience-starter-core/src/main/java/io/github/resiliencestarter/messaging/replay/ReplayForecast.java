package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.LetterGroup;
import java.time.Duration;
import java.util.List;

/**
 * What a replay would do. Immutable.
 *
 * @param letters how many it would send
 * @param leftOut how many others it would leave out, because they were replayed too often
 * @param groups those that it would send, by source and fingerprint
 * @param estimated how long sending takes at the rate of the request, without the steps of a canary; zero where there is no limit
 */
public record ReplayForecast(long letters, long leftOut, List<LetterGroup> groups, Duration estimated) {}
