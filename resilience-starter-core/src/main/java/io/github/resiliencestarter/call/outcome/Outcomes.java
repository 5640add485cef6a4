package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.OutcomeClassifier;
import io.github.resiliencestarter.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all classifiers, the host's before the catalogue. Thread-safe. */
public final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.resiliencestarter");

    private final List<OutcomeClassifier> classifiers;

    /** @param classifiers in their order; those of the catalogue are put behind the others */
    public Outcomes(List<OutcomeClassifier> classifiers) {
        List<OutcomeClassifier> ordered = new ArrayList<>(classifiers);
        ordered.removeIf(CatalogueClassifier.class::isInstance);
        List<OutcomeClassifier> catalogue = new ArrayList<>(classifiers);
        catalogue.removeAll(ordered);
        if (!catalogue.isEmpty()) {
            ordered.add(failure -> first(catalogue, failure));
        }
        this.classifiers = List.copyOf(ordered);
    }

    /**
     * What a failed attempt has done. Each classifier of the host sees the whole chain of causes before the next one does; the
     * catalogue is asked as one, from the outermost exception inwards.
     */
    public Verdict of(Throwable failure) {
        for (OutcomeClassifier classifier : classifiers) {
            Verdict verdict = Causes.first(failure, each -> ask(classifier, each));
            if (verdict != null) {
                return verdict;
            }
        }
        return Verdict.unknown();
    }

    private static @Nullable Verdict first(List<OutcomeClassifier> catalogue, Throwable failure) {
        for (OutcomeClassifier each : catalogue) {
            Verdict verdict = ask(each, failure);
            if (verdict != null) {
                return verdict;
            }
        }
        return null;
    }

    /** The failure of the call must not be hidden by one of a classifier. */
    private static @Nullable Verdict ask(OutcomeClassifier classifier, Throwable failure) {
        try {
            return classifier.classify(failure);
        } catch (RuntimeException | LinkageError mistake) {
            LOG.warn(
                    "{} could not classify {}; it is taken for one that does not know it",
                    classifier.getClass().getName(),
                    failure.getClass().getName(),
                    mistake);
            return null;
        }
    }
}
