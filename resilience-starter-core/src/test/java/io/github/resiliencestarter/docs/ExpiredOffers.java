package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHandler;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

// tag::handler[]
@Component
class ExpiredOffers {

    @DeadLetterHandler(sources = "offers")
    boolean settle(DeadLetter letter) {
        // Nobody needs an offer of yesterday: true keeps the letter as resolved, false parks it for people.
        return letter.firstFailedAt().isBefore(Instant.now().minus(Duration.ofDays(1)));
    }
}
// end::handler[]
