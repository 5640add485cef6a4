package io.github.resiliencestarter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.test.StepVerifier;

/** A verification that waits for a signal that does not come fails. By itself it would wait for ever. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(VerifiedInTime.Limit.class)
public @interface VerifiedInTime {

    /** Much more than any of them takes. */
    final class Limit implements BeforeAllCallback, AfterAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            StepVerifier.setDefaultTimeout(Duration.ofSeconds(10));
        }

        @Override
        public void afterAll(ExtensionContext context) {
            StepVerifier.resetDefaultTimeout();
        }
    }
}
