package io.github.resiliencestarter.test.conservation;

import java.util.Arrays;
import org.assertj.core.api.AbstractAssert;

/** What AssertJ can say about a {@link ConservationReport}. Each failure shows the whole report. */
public final class ConservationAssert extends AbstractAssert<ConservationAssert, ConservationReport> {

    ConservationAssert(ConservationReport actual) {
        super(actual, ConservationAssert.class);
    }

    /** All messages were sent, none that was acknowledged is lost, none has come from nowhere. Duplicates are allowed. */
    public ConservationAssert isConserved() {
        isNotNull();
        if (!actual.isConserved()) {
            failWithMessage("%s", actual);
        }
        return this;
    }

    /** No message was processed more than once, is in two places, or is in one of them twice. */
    public ConservationAssert hasNoDuplicates() {
        isNotNull();
        if (!actual.processedAgain().isEmpty()
                || !actual.inSeveralPlaces().isEmpty()
                || !actual.keptAgain().isEmpty()) {
            failWithMessage("There are duplicates.%n%s", actual);
        }
        return this;
    }

    /** Exactly these numbers are lost. */
    public ConservationAssert hasLostExactly(long... numbers) {
        isNotNull();
        Numbers expected = Numbers.of(numbers);
        if (!Arrays.equals(actual.lost().stream().toArray(), expected.stream().toArray())) {
            failWithMessage("Lost should be exactly: %s%n%s", expected, actual);
        }
        return this;
    }

    /** At least so many disruptions have happened. */
    public ConservationAssert wasDisrupted(int times) {
        isNotNull();
        if (actual.disruptions().size() < times) {
            failWithMessage("There should have been %d disruptions at least.%n%s", times, actual);
        }
        return this;
    }
}
