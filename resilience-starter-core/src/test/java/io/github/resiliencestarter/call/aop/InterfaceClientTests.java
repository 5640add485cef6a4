package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resiliencestarter.Host;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.call.aop.InterfaceClients.FactoryOfPrices;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.service.annotation.GetExchange;

/** Clients of HTTP that are only an interface. */
class InterfaceClientTests {

    private static final HttpRemote REMOTE = new HttpRemote();

    @ResilientCall("all")
    interface AllOfThem {
        @GetExchange("/all")
        String all();
    }

    /** Inherits a method of an interface, and the protection is on the one that inherits. */
    interface Base {
        @GetExchange("/base")
        String base();
    }

    @ResilientCall("inheriting")
    interface Inheriting extends Base {}

    private final ApplicationContextRunner host = InterfaceClients.host();

    @AfterAll
    static void close() {
        REMOTE.close();
    }

    private static <T> T client(Class<T> type) {
        return InterfaceClients.overRestClient(type, REMOTE.url());
    }

    private <T> ApplicationContextRunner with(Class<T> type) {
        return host.withBean(type, () -> client(type));
    }

    @Test
    void a_client_of_an_http_interface_is_protected() {
        with(Prices.class).run(context -> {
            REMOTE.failNext(2);
            assertThat(context.getBean(Prices.class).of("pen")).isEqualTo("price of /prices/pen");
            assertThat(REMOTE.requests()).containsExactly("GET /prices/pen", "GET /prices/pen", "GET /prices/pen");
            assertThat(context.getBean(Pipelines.class).get("prices").counts().attempts())
                    .isEqualTo(3);
        });
    }

    @Test
    void so_is_one_whose_adapter_blocks_on_a_reactive_client() {
        host.withBean(Prices.class, () -> InterfaceClients.overWebClient(Prices.class, REMOTE.url()))
                .run(context -> {
                    REMOTE.failNext(1);
                    assertThat(context.getBean(Prices.class).of("pen")).isEqualTo("price of /prices/pen");
                    assertThat(REMOTE.requests()).hasSize(2);
                });
    }

    @Test
    void a_method_without_the_annotation_is_called_once() {
        with(Prices.class).run(context -> {
            REMOTE.failNext(1);
            assertThatThrownBy(() -> context.getBean(Prices.class).bare("pen"))
                    .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
            assertThat(REMOTE.requests()).hasSize(1);
        });
    }

    @Test
    void an_open_circuit_sends_no_request() {
        with(Prices.class).run(context -> {
            REMOTE.failNext(0);
            context.getBean(Pipelines.class).get("prices").circuitBreaker().transitionToForcedOpenState();
            assertThatThrownBy(() -> context.getBean(Prices.class).of("pen"))
                    .isInstanceOf(CallNotPermittedException.class);
            assertThat(REMOTE.requests()).isEmpty();
        });
    }

    @Test
    void a_default_method_of_the_interface_is_its_fallback() {
        with(Prices.class).run(context -> {
            REMOTE.failNext(9);
            assertThat(context.getBean(Prices.class).orCached("pen")).isEqualTo("cached pen after 3, privately");
        });
    }

    @Test
    void a_method_of_another_bean_is_its_fallback() {
        with(Prices.class).run(context -> {
            REMOTE.failNext(9);
            assertThat(context.getBean(Prices.class).orListed("pen")).isEqualTo("listed pen");
        });
    }

    @Test
    void that_other_bean_may_itself_be_a_proxy_of_an_interface() {
        Host.host()
                .withPropertyValues("resilience.calls.prices.retry.enabled=false")
                .withBean(Prices.class, () -> client(Prices.class))
                .withBean("list", Prices.Listed.class, () -> client(Prices.Listed.class))
                .run(context -> {
                    REMOTE.failNext(9);
                    assertThat(context.getBean(Prices.class).orListed("pen")).isEqualTo("listed pen");
                });
    }

    @Test
    void an_annotated_interface_protects_what_it_declares_and_what_it_inherits() {
        with(AllOfThem.class)
                .withBean(Inheriting.class, () -> client(Inheriting.class))
                .run(context -> {
                    REMOTE.failNext(1);
                    assertThat(context.getBean(AllOfThem.class).all()).isEqualTo("price of /all");
                    REMOTE.failNext(1);
                    assertThat(context.getBean(Inheriting.class).base()).isEqualTo("price of /base");
                    assertThat(context.getBean(ProtectedMethods.class).all())
                            .extracting(ProtectedMethod::label)
                            .as("and nothing of what proxies are besides")
                            .containsExactlyInAnyOrder("AllOfThem.all", "Inheriting.base");
                });
    }

    @Test
    void what_a_factory_bean_makes_is_protected() {
        host.withBean("prices", FactoryOfPrices.class, () -> new FactoryOfPrices(() -> client(Prices.class)))
                .run(context -> {
                    REMOTE.failNext(2);
                    assertThat(context.getBean(Prices.class).of("pen")).isEqualTo("price of /prices/pen");
                });
    }

    @Test
    void a_lazy_factory_bean_is_not_asked_for_its_product() {
        AtomicInteger made = new AtomicInteger();
        FactoryOfPrices factory = new FactoryOfPrices(() -> {
            made.incrementAndGet();
            return client(Prices.class);
        });
        host.withBean("prices", FactoryOfPrices.class, () -> factory, definition -> definition.setLazyInit(true))
                .run(context -> {
                    assertThat(made).hasValue(0);
                    REMOTE.failNext(1);
                    assertThat(context.getBean(Prices.class).of("pen")).isEqualTo("price of /prices/pen");
                });
    }
}
