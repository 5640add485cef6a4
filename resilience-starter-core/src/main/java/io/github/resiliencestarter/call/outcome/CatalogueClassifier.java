package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.OutcomeClassifier;

/** A part of the catalogue, in this module or in that of a broker: every classifier of the host is asked before it. */
public interface CatalogueClassifier extends OutcomeClassifier {}
