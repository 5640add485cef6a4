package io.github.resiliencestarter.test.contract;

/**
 * What every {@link io.github.resiliencestarter.messaging.DeadLetterStore} must keep. Extend it and answer two methods; the tests
 * use sources and ids of their own, so what else is in the store does not matter.
 */
public abstract class DeadLetterStoreContract extends ChangedLettersContract {}
