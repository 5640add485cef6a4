package io.github.resiliencestarter.call.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.OutcomeClassifier;
import io.github.resiliencestarter.Verdict;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OutcomesTests {

    private static final OutcomeClassifier HOST =
            failure -> failure instanceof ConnectException ? Verdict.rejected() : null;

    @Test
    void what_nobody_knows_is_unknown_and_may_be_tried_again() {
        assertThat(new Outcomes(List.of()).of(new IOException()))
                .isEqualTo(new Verdict(CallOutcome.UNKNOWN, true, null));
    }

    @Test
    void a_classifier_of_the_host_is_asked_before_the_catalogue_whatever_their_order() {
        Outcomes outcomes = new Outcomes(List.of(new ConnectionOutcomes(), HOST));
        assertThat(outcomes.of(new ConnectException())).isEqualTo(Verdict.rejected());
    }

    @Test
    void a_classifier_of_the_host_sees_the_causes_too_before_the_catalogue_is_asked() {
        CatalogueClassifier catalogue = failure -> failure instanceof IOException ? Verdict.neverSent() : null;
        Outcomes outcomes = new Outcomes(List.of(catalogue, HOST));
        assertThat(outcomes.of(new IOException(new ConnectException()))).isEqualTo(Verdict.rejected());
    }

    @Test
    void the_catalogue_is_asked_from_the_outermost_exception_inwards() {
        CatalogueClassifier ofInner = new ConnectionOutcomes();
        CatalogueClassifier ofOuter = failure -> failure instanceof IllegalStateException ? Verdict.notNow() : null;
        Outcomes outcomes = new Outcomes(List.of(ofInner, ofOuter));
        assertThat(outcomes.of(new IllegalStateException(new ConnectException())))
                .isEqualTo(Verdict.notNow());
    }

    @Test
    void a_classifier_that_throws_does_not_know_and_hides_nothing(CapturedOutput output) {
        OutcomeClassifier broken = failure -> {
            throw new IllegalStateException("broken");
        };
        Outcomes outcomes = new Outcomes(List.of(broken, new ConnectionOutcomes()));
        assertThat(outcomes.of(new ConnectException())).isEqualTo(Verdict.neverSent());
        assertThat(output).contains("could not classify java.net.ConnectException");
    }

    @Test
    void a_circle_of_causes_comes_to_an_end() {
        IOException one = new IOException();
        IOException other = new IOException(one);
        one.initCause(other);
        assertThat(new Outcomes(List.of(HOST)).of(one)).isEqualTo(Verdict.unknown());
    }

    @Test
    void nobody_can_be_asked_to_wait_for_less_than_nothing() {
        assertThatThrownBy(() -> Verdict.notNow(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retryAfter");
    }
}
