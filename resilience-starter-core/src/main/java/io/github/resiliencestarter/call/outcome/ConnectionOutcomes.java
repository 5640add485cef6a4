package io.github.resiliencestarter.call.outcome;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resiliencestarter.NoWorkerAvailableException;
import io.github.resiliencestarter.Verdict;
import io.github.resiliencestarter.WorkerRefusedException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * No connection, no request: the exceptions of the JDK (sockets, {@code HttpURLConnection}, {@code HttpClient}), of Apache's
 * clients, of Netty and of Reactor Netty, and the rejections of a nested call. What happens to a connection once it is there
 * (reset, closed, read timeout) says nothing, so it is not in here.
 */
public final class ConnectionOutcomes implements CatalogueClassifier {

    private static final TypeNames NEVER_SENT = TypeNames.of(
            "java.net.http.HttpConnectTimeoutException",
            "org.apache.hc.client5.http.ConnectTimeoutException",
            "org.apache.hc.core5.http.ConnectionRequestTimeoutException",
            "org.apache.hc.core5.http.RequestNotExecutedException",
            "org.apache.http.conn.ConnectTimeoutException",
            "org.apache.http.conn.ConnectionPoolTimeoutException",
            "io.netty.resolver.dns.DnsNameResolverException",
            "reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException",
            "reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException",
            "reactor.pool.PoolAcquireTimeoutException",
            "reactor.pool.PoolAcquirePendingLimitException");

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        return isRejectedHere(failure) || hasNoConnection(failure) || NEVER_SENT.include(failure)
                ? Verdict.neverSent()
                : null;
    }

    private static boolean isRejectedHere(Throwable failure) {
        return failure instanceof CallNotPermittedException
                || failure instanceof BulkheadFullException
                || failure instanceof RequestNotPermitted
                || failure instanceof NoWorkerAvailableException
                || failure instanceof WorkerRefusedException;
    }

    private static boolean hasNoConnection(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof UnresolvedAddressException
                || failure instanceof BindException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                || failure instanceof SocketTimeoutException timeout && isBeforeConnection(timeout);
    }

    /** The JDK has one type for both of its timeouts; only the message tells them apart. */
    private static boolean isBeforeConnection(SocketTimeoutException timeout) {
        return "connect timed out".equalsIgnoreCase(timeout.getMessage());
    }
}
