package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.rabbit.deadletter.DeadLetterDispatch;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Waits, before the containers are stopped, for the letters that the broker has not confirmed yet. A container closes its channels
 * when it stops, and then their messages cannot be acknowledged any more: they would come again beside their letters.
 */
record LettersOnTheirWay(DeadLetterDispatch dispatch, ApplicationContext ofListeners)
        implements ApplicationListener<ContextClosedEvent> {

    /** Told before anything is stopped. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == ofListeners) {
            dispatch.drain();
        }
    }
}
