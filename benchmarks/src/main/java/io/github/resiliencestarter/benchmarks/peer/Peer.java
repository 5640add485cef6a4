package io.github.resiliencestarter.benchmarks.peer;

import java.util.function.Supplier;

/**
 * The ways to protect a remote, side by side, with breakers and retries that differ in who listens to them. {@code
 * ALONE}: nobody. {@code BARE}: resilience4j's Boot module, which buffers their events. {@code HOST}: its meters, too.
 */
public enum Peer {
    DIRECT(() -> Subject.of(new Remote()::answer)),
    EMPTY_PROXY(EmptyProxy::subject),

    BY_HAND_ALONE(ByHand::alone),
    BY_HAND_BARE(() -> Application.bare().byHand()),
    BY_HAND_HOST(() -> Application.host().byHand()),
    BY_HAND_METERED(() -> Application.host().byHandMetered()),
    BY_HAND_PROXIED_ALONE(() -> Application.alone().byHandProxied()),
    BY_HAND_PROXIED_BARE(() -> Application.bare().byHandProxied()),
    BY_HAND_PROXIED_METERED(() -> Application.host().byHandProxiedMetered()),

    OURS_ALONE(() -> Application.alone().ours()),
    OURS_BARE(() -> Application.bare().ours()),
    OURS_HOST(() -> Application.host().ours()),
    PROGRAM_ALONE(() -> Application.alone().oursByProgram(Ours.PLAIN)),
    PROGRAM_BARE(() -> Application.bare().oursByProgram(Ours.PLAIN)),
    PROGRAM_HOST(() -> Application.host().oursByProgram(Ours.PLAIN)),
    TIMED_BARE(() -> Application.bare().oursTimed()),
    TIMED_HOST(() -> Application.host().oursTimed()),
    TIMED_PROGRAM_BARE(() -> Application.bare().oursByProgram(Ours.TIMED)),
    TIMED_PROGRAM_HOST(() -> Application.host().oursByProgram(Ours.TIMED)),

    ANNOTATIONS_ALONE(() -> Application.alone().annotated()),
    ANNOTATIONS_BARE(() -> Application.bare().annotated()),
    ANNOTATIONS_HOST(() -> Application.host().annotated()),
    ANNOTATIONS_TRACELESS(() -> Application.bare().annotatedWithoutStackTrace()),

    SPRING_RETRY(() -> Application.bare().springRetried()),

    DIRECT_LATER(() -> Subject.of(LaterProtection.of(new Remote()::answerLater))),
    BY_HAND_LATER_ALONE(ByHandLater::alone),
    BY_HAND_LATER_BARE(() -> Application.bare().byHandLater()),
    BY_HAND_LATER_HOST(() -> Application.host().byHandLater()),
    OURS_LATER_ALONE(() -> Application.alone().oursLater()),
    OURS_LATER_BARE(() -> Application.bare().oursLater()),
    OURS_LATER_HOST(() -> Application.host().oursLater()),
    PROGRAM_LATER_BARE(() -> Application.bare().oursLaterByProgram()),
    ANNOTATIONS_LATER_ALONE(() -> Application.alone().annotatedLater()),
    ANNOTATIONS_LATER_BARE(() -> Application.bare().annotatedLater()),
    ANNOTATIONS_LATER_HOST(() -> Application.host().annotatedLater()),

    FAILSAFE(FailsafeComposed::fallbackBreakerRetry),
    FAILSAFE_TIMED(FailsafeComposed::fallbackBreakerRetryTimeout),
    FAILSAFE_TIMEOUT_ALONE(FailsafeComposed::timeoutAlone),

    HAND_OFF(HandOff::subject);

    private final Supplier<Subject> opening;

    Peer(Supplier<Subject> opening) {
        this.opening = opening;
    }

    public Subject open() {
        return opening.get();
    }
}
