package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.Host;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** What makes beans of interfaces, and the host that has them. */
final class InterfaceClients {

    private InterfaceClients() {}

    /** Tries again at once, and has the list that answers for prices. */
    static ApplicationContextRunner host() {
        return Host.host()
                .withPropertyValues("resilience.defaults.idempotent=true", "resilience.defaults.retry.backoff.delay=0")
                .withBean("list", Prices.PriceList.class);
    }

    static <T> T overRestClient(Class<T> type, String url) {
        return client(
                type,
                RestClientAdapter.create(RestClient.builder()
                        .requestFactory(new JdkClientHttpRequestFactory())
                        .baseUrl(url)
                        .build()));
    }

    static <T> T overWebClient(Class<T> type, String url) {
        return client(
                type,
                WebClientAdapter.create(WebClient.builder()
                        .clientConnector(new JdkClientHttpConnector())
                        .baseUrl(url)
                        .build()));
    }

    private static <T> T client(Class<T> type, HttpExchangeAdapter adapter) {
        return HttpServiceProxyFactory.builderFor(adapter).build().createClient(type);
    }

    /** Knows nothing of default methods. */
    static <T> T handMade(Class<T> type, Supplier<String> answer) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.isDefault()) {
                throw new UnsupportedOperationException(method.getName());
            }
            return method.getDeclaringClass() == Object.class ? "a proxy" : answer.get();
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Makes {@link Prices}, as libraries of clients do. */
    record FactoryOfPrices(Supplier<Prices> prices) implements FactoryBean<Prices> {

        @Override
        public Prices getObject() {
            return prices.get();
        }

        @Override
        public Class<?> getObjectType() {
            return Prices.class;
        }
    }
}
