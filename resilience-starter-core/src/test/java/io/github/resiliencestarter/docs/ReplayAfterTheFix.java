package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.replay.Replays;

// tag::replay[]
class ReplayAfterTheFix {

    private final Replays replays;

    ReplayAfterTheFix(Replays replays) {
        this.replays = replays;
    }

    ReplayJob ordersThatFoundNoStock(String fingerprint) {
        LetterFilter letters = LetterFilter.ofSource("orders").withFingerprint(fingerprint);
        ReplayRequest request = new ReplayRequest(letters, null, 50, true, 3, "stock-service", "the stock is back");
        return replays.start(request);
    }
}
// end::replay[]
