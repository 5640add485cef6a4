package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.annotation.Id;
import org.springframework.data.keyvalue.core.KeyValueTemplate;
import org.springframework.data.keyvalue.repository.KeyValueRepository;
import org.springframework.data.map.MapKeyValueAdapter;
import org.springframework.data.map.repository.config.EnableMapRepositories;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Beans that are only an interface; what answers is made by Spring, at run time. */
@SpringBootTest(
        classes = InterfaceClientTests.Application.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "resilience.defaults.idempotent=true",
            "resilience.defaults.retry.backoff.delay=0",
            "spring.datasource.generate-unique-name=true",
            "spring.data.redis.repositories.enabled=false"
        })
class InterfaceClientTests {

    interface Prices {
        @ResilientCall(name = "prices", fallback = "unknown")
        @GetExchange("/price")
        String price();

        default String unknown(CallFailure failure) {
            return "unknown after " + failure.attempts();
        }
    }

    private static final BusyServer SERVER = new BusyServer();

    @Autowired
    Prices overRestClient;

    @Autowired
    Prices overWebClient;

    @Autowired
    Accounts accounts;

    @Autowired
    BusyStore store;

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void a_client_over_a_rest_client_is_protected() {
        SERVER.isBusy(2);
        assertThat(overRestClient.price()).isEqualTo("answer 3");
    }

    @Test
    void a_client_over_a_web_client_is_protected() {
        SERVER.isBusy(2);
        assertThat(overWebClient.price()).isEqualTo("answer 3");
    }

    @Test
    void a_default_method_answers_for_a_client() {
        SERVER.isBusy(9);
        assertThat(overRestClient.price()).isEqualTo("unknown after 3");
        assertThat(SERVER.requests()).isEqualTo(3);
    }

    @Test
    void a_repository_is_protected() {
        accounts.save(new Account("a"));
        assertThat(accounts.count()).isEqualTo(1);
        assertThat(store.counted).hasValue(3);
    }

    record Account(@Id String id) {}

    interface Accounts extends KeyValueRepository<Account, String> {
        @Override
        @ResilientCall("accounts")
        long count();
    }

    static class BusyStore extends MapKeyValueAdapter {
        final AtomicInteger counted = new AtomicInteger();

        @Override
        public long count(String keyspace) {
            if (counted.incrementAndGet() < 3) {
                throw new IllegalStateException("busy");
            }
            return super.count(keyspace);
        }
    }

    @TestConfiguration
    @Import({HostApplication.class, BusyStore.class})
    @EnableMapRepositories(
            basePackageClasses = InterfaceClientTests.class,
            considerNestedRepositories = true,
            keyValueTemplateRef = "accountTemplate")
    static class Application {

        @Bean
        KeyValueTemplate accountTemplate(BusyStore store) {
            return new KeyValueTemplate(store);
        }

        @Bean
        Prices overRestClient() {
            return client(RestClientAdapter.create(RestClient.create(SERVER.url())));
        }

        @Bean
        Prices overWebClient() {
            return client(WebClientAdapter.create(WebClient.builder()
                    .clientConnector(new JdkClientHttpConnector())
                    .baseUrl(SERVER.url())
                    .build()));
        }

        private static Prices client(HttpExchangeAdapter adapter) {
            return HttpServiceProxyFactory.builderFor(adapter).build().createClient(Prices.class);
        }
    }
}
