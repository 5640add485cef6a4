package io.github.resiliencestarter.messaging.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.Failure;
import org.junit.jupiter.api.Test;

class MuteFailureTests {

    @Test
    void what_can_be_asked_stays_what_it_is() {
        Throwable failure = new IllegalStateException("no stock", new IllegalArgumentException());
        assertThat(MuteFailure.unlessAudible(failure)).isSameAs(failure);
    }

    @Test
    void what_cannot_say_what_it_is_is_known_by_its_class() {
        Throwable heard = MuteFailure.unlessAudible(new IllegalStateException("outer", new Mute()));
        assertThat(Failure.of(heard).message())
                .isEqualTo(IllegalStateException.class.getName()
                        + ", which cannot say what it is: java.lang.UnsupportedOperationException");
        assertThat(Failure.of(heard).stackTrace()).contains("MuteFailureTests.what_cannot_say_what_it_is");
    }

    @SuppressWarnings("serial")
    private static final class Mute extends RuntimeException {

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("not loaded");
        }
    }
}
