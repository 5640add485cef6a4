package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * {@code WebClient}, where the remote has answered. Where it has not, its {@code WebClientRequestException} has the cause that
 * {@link ConnectionOutcomes} knows, or does not.
 */
public final class WebClientOutcomes implements CatalogueClassifier {

    private final StatusVerdicts statuses;

    /** @param clock what time it is for a date in Retry-After */
    public WebClientOutcomes(Clock clock) {
        this.statuses = new StatusVerdicts(clock);
    }

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (!(failure instanceof WebClientResponseException response)) {
            return null;
        }
        return statuses.of(
                response.getStatusCode().value(),
                response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER),
                new String(response.getResponseBodyAsByteArray(), StandardCharsets.ISO_8859_1));
    }
}
