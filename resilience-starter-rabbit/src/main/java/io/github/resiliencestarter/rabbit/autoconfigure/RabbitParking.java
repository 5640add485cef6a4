package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.rabbit.deadletter.LetterIntake;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Parks while the application runs. */
record RabbitParking(LetterIntake intake) implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public void start() {
        intake.start();
    }

    @Override
    public void stop() {
        intake.stop(PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return intake.isRunning();
    }
}
