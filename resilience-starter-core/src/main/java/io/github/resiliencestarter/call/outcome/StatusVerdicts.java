package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.Verdict;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What a status of HTTP says (RFC 9110, 6585, 8470). Thread-safe. */
final class StatusVerdicts {

    private static final int MISDIRECTED = 421;
    private static final int TIMED_OUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int UNAVAILABLE = 503;
    private static final int VERSION_NOT_SUPPORTED = 505;
    private static final int LOG_IN_TO_THE_NETWORK = 511;

    /**
     * What Envoy, and the meshes made of it, say with a 503 of theirs when the connection to the service behind them broke after
     * the request had gone out. It begins the same way where nothing went out, and goes on with one of the texts below.
     */
    private static final String BROKEN_BEHIND_A_PROXY = "upstream connect error or disconnect/reset before headers";

    private static final String NOT_CONNECTED = "connection failure";
    private static final String OVERFLOW = "overflow";

    private final RetryAfter retryAfter;

    StatusVerdicts(Clock clock) {
        this.retryAfter = new RetryAfter(clock);
    }

    /** @param body what came with a 503; empty where it is not known */
    Verdict of(int status, @Nullable String retryAfterHeader, String body) {
        return switch (status) {
            case TOO_MANY_REQUESTS, TOO_EARLY -> Verdict.notNow(retryAfter.read(retryAfterHeader));
            case UNAVAILABLE ->
                isLostBehindAProxy(body) ? Verdict.unknown() : Verdict.notNow(retryAfter.read(retryAfterHeader));
            case NOT_IMPLEMENTED, VERSION_NOT_SUPPORTED, LOG_IN_TO_THE_NETWORK -> Verdict.rejected();
            case MISDIRECTED -> Verdict.notNow();
            case TIMED_OUT -> Verdict.unknown();
            default -> status >= 400 && status < 500 ? Verdict.rejected() : Verdict.unknown();
        };
    }

    private static boolean isLostBehindAProxy(String body) {
        return body.startsWith(BROKEN_BEHIND_A_PROXY) && !body.contains(NOT_CONNECTED) && !body.contains(OVERFLOW);
    }
}
