package io.github.resiliencestarter.docs;

import io.github.resiliencestarter.operations.LetterUndeliverable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

// tag::listener[]
@Component
class PageTheOperator {

    @Async
    @EventListener
    void on(LetterUndeliverable event) {
        // neither the broker nor the database takes event.letter(); its consumer waits
    }
}
// end::listener[]
