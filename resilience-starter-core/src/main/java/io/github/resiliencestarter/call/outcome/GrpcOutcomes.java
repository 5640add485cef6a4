package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.Verdict;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * gRPC, by its {@code Status}. {@code UNAVAILABLE} says nothing by itself: it is also what a connection that broke in the middle
 * is reported as; a cause that is a failed connect does say something. A server that pushes back ({@code
 * grpc-retry-pushback-ms}) is heeded.
 */
public final class GrpcOutcomes implements CatalogueClassifier {

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    /** The client says so too when the answer is too large for it: then the remote has done its work. */
    private static final String TOO_LARGE = "exceeds maximum size";

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (failure instanceof StatusRuntimeException exception) {
            return of(exception.getStatus(), exception.getTrailers());
        }
        return failure instanceof StatusException exception ? of(exception.getStatus(), exception.getTrailers()) : null;
    }

    private static @Nullable Verdict of(Status status, @Nullable Metadata trailers) {
        return switch (status.getCode()) {
            case RESOURCE_EXHAUSTED -> isTooLarge(status) ? pointless() : pushedBack(trailers, Verdict.notNow());
            case UNAVAILABLE -> pushedBack(trailers, null);
            case ABORTED -> pushedBack(trailers, Verdict.notNow());
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> Verdict.rejected();
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, DATA_LOSS -> null;
        };
    }

    private static boolean isTooLarge(Status status) {
        return status.getDescription() != null && status.getDescription().contains(TOO_LARGE);
    }

    private static Verdict pointless() {
        return new Verdict(CallOutcome.UNKNOWN, false, null);
    }

    /** A number that cannot be read means "do not retry", as a negative one does (gRPC proposal A6). */
    private static @Nullable Verdict pushedBack(@Nullable Metadata trailers, @Nullable Verdict otherwise) {
        String millis = trailers == null ? null : trailers.get(PUSHBACK);
        if (millis == null) {
            return otherwise;
        }
        try {
            long wait = Long.parseLong(millis.strip());
            return wait < 0 ? pointless() : Verdict.notNow(Duration.ofMillis(wait));
        } catch (NumberFormatException unreadable) {
            return pointless();
        }
    }
}
