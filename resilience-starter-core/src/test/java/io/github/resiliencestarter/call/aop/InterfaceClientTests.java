package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.Pipelines;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Beans that are only an interface: somebody else makes what answers, at run time. */
class InterfaceClientTests {

    private static final HttpRemote REMOTE = new HttpRemote();

    interface Prices {
        @ResilientCall("prices")
        @GetExchange("/prices/{item}")
        String of(@PathVariable("item") String item);

        @ResilientCall(name = "prices", fallback = "cached")
        @GetExchange("/cached/{item}")
        String orCached(@PathVariable("item") String item);

        @ResilientCall(name = "prices", fallback = "list::price")
        @GetExchange("/listed/{item}")
        String orListed(@PathVariable("item") String item);

        default String cached(String item, CallFailure failure) {
            return "cached " + item + " after " + failure.attempts() + ", " + secret();
        }

        private String secret() {
            return "privately";
        }

        @GetExchange("/bare/{item}")
        String bare(@PathVariable("item") String item);
    }

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

    interface Listed {
        default String price(String item) {
            return "listed " + item;
        }
    }

    static class PriceList implements Listed {}

    private final ApplicationContextRunner host = host().withPropertyValues(
                    "resilience.defaults.idempotent=true", "resilience.defaults.retry.backoff.delay=0")
            .withBean("list", PriceList.class);

    @AfterAll
    static void close() {
        REMOTE.close();
    }

    private static HttpExchangeAdapter restClient() {
        return RestClientAdapter.create(RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl(REMOTE.url())
                .build());
    }

    private static HttpExchangeAdapter webClient() {
        return WebClientAdapter.create(WebClient.builder()
                .clientConnector(new JdkClientHttpConnector())
                .baseUrl(REMOTE.url())
                .build());
    }

    private static <T> T client(Class<T> type) {
        return HttpServiceProxyFactory.builderFor(restClient()).build().createClient(type);
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
        host.withBean(
                        Prices.class,
                        () -> HttpServiceProxyFactory.builderFor(webClient())
                                .build()
                                .createClient(Prices.class))
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
        host().withPropertyValues("resilience.calls.prices.retry.enabled=false")
                .withBean(Prices.class, () -> client(Prices.class))
                .withBean("list", Listed.class, () -> client(Listed.class))
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

    static class FactoryOfPrices implements FactoryBean<Prices> {
        @Override
        public Prices getObject() {
            return client(Prices.class);
        }

        @Override
        public Class<?> getObjectType() {
            return Prices.class;
        }
    }

    @Test
    void what_a_factory_bean_makes_is_protected() {
        host.withBean("prices", FactoryOfPrices.class).run(context -> {
            REMOTE.failNext(2);
            assertThat(context.getBean(Prices.class).of("pen")).isEqualTo("price of /prices/pen");
        });
    }

    /** Knows nothing of default methods. */
    private static <T> T handMade(Class<T> type, Supplier<String> answer) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.isDefault()) {
                throw new UnsupportedOperationException(method.getName());
            }
            return method.getDeclaringClass() == Object.class ? "a proxy" : answer.get();
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void a_proxy_that_somebody_has_made_by_hand_is_protected_and_its_default_method_answers() {
        AtomicInteger attempts = new AtomicInteger();
        host.withBean(
                        Prices.class,
                        () -> handMade(Prices.class, () -> {
                            attempts.incrementAndGet();
                            throw new IllegalStateException("down");
                        }))
                .run(context -> {
                    assertThat(context.getBean(Prices.class).orCached("pen"))
                            .isEqualTo("cached pen after 3, privately");
                    assertThat(attempts).hasValue(3);
                });
    }

    interface Clock {
        @ResilientCall(name = "clock", fallback = "unknown")
        String time();

        default String unknown() {
            return "unknown";
        }
    }

    @Test
    void a_lambda_is_protected_and_checked() {
        AtomicInteger attempts = new AtomicInteger();
        Clock down = () -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("down");
        };
        host.withBean(Clock.class, () -> down).run(context -> {
            assertThat(context.getBean(ProtectedMethods.class).all())
                    .extracting(ProtectedMethod::label)
                    .containsExactly("Clock.time");
            assertThat(context.getBean(Clock.class).time()).isEqualTo("unknown");
            assertThat(attempts).hasValue(3);
        });
    }

    interface Twin {
        String of(String item);
    }

    @Test
    void of_two_interfaces_with_the_same_method_either_may_have_the_annotation() {
        AtomicInteger attempts = new AtomicInteger();
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return "attempt " + attempts;
        };
        Class<?>[] interfaces = {Twin.class, Prices.class};
        Supplier<Twin> twin = () -> (Twin) Proxy.newProxyInstance(Twin.class.getClassLoader(), interfaces, handler);
        host.withBean(Twin.class, twin)
                .run(context ->
                        assertThat(context.getBean(Twin.class).of("pen")).isEqualTo("attempt 3"));
    }

    @Test
    void advice_that_answers_for_a_proxy_with_nothing_behind_it_runs_anew_for_each_attempt() {
        host.run(context -> {
            AtomicInteger outer = new AtomicInteger();
            AtomicInteger attempts = new AtomicInteger();
            ProxyFactory factory = new ProxyFactory(new Class<?>[] {Clock.class});
            factory.addAdvisor(context.getBean(ResilientCallAdvisor.class));
            factory.addAdvice((MethodInterceptor) invocation -> {
                outer.incrementAndGet();
                return invocation.proceed();
            });
            factory.addAdvice((MethodInterceptor) invocation -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                }
                return "attempt " + attempts;
            });
            assertThat(((Clock) factory.getProxy()).time()).isEqualTo("attempt 3");
            assertThat(outer).hasValue(3);
            attempts.set(-9);
            assertThat(((Clock) factory.getProxy()).time()).isEqualTo("unknown");
        });
    }

    interface Misspelled {
        @ResilientCall(name = "prices", fallback = "cachd")
        String price(String item);

        default String cached(String item) {
            return item;
        }
    }

    interface Unreachable {
        @ResilientCall("prices")
        static String ofInterface() {
            return "";
        }

        @ResilientCall("prices")
        private String hidden() {
            return "";
        }

        @ResilientCall("prices")
        String fine();
    }

    interface CallsItself {
        @ResilientCall("prices")
        String one();

        default String two() {
            return one();
        }
    }

    private List<ResilienceConfigurationException.Problem> problemsOf(ApplicationContextRunner runner) {
        List<ResilienceConfigurationException.Problem> problems = new ArrayList<>();
        runner.run(context -> {
            Throwable failure = context.getStartupFailure();
            assertThat(failure).as("the start must fail").isNotNull();
            while (!(failure instanceof ResilienceConfigurationException mistakes)) {
                failure = failure.getCause();
            }
            problems.addAll(mistakes.getProblems());
        });
        return problems;
    }

    @Test
    void a_misspelled_default_method_stops_the_start_and_the_interface_is_named() {
        assertThat(problemsOf(host.withBean(Misspelled.class, () -> handMade(Misspelled.class, () -> ""))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(Misspelled.class.getName() + ".price(String)");
                    assertThat(problem.what()).contains("no fallback 'cachd' in " + Misspelled.class.getName());
                    assertThat(problem.remedy()).isEqualTo("Did you mean 'cached'?");
                });
    }

    @Test
    void static_and_private_methods_of_an_interface_stop_the_start() {
        assertThat(problemsOf(host.withBean(Unreachable.class, () -> handMade(Unreachable.class, () -> ""))))
                .extracting(ResilienceConfigurationException.Problem::where)
                .containsExactlyInAnyOrder(
                        Unreachable.class.getName() + ".ofInterface()", Unreachable.class.getName() + ".hidden()");
    }

    @Test
    void a_default_method_that_calls_an_annotated_one_is_found() {
        assertThat(problemsOf(host.withPropertyValues("resilience.linter.fail-on=warning")
                        .withBean(CallsItself.class, () -> handMade(CallsItself.class, () -> ""))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("'two' calls it from within its own class"));
    }

    @Test
    void a_client_that_was_made_too_early_stops_the_start() {
        assertThat(problemsOf(with(Prices.class).withBean("early", EarlyConsumer.class)))
                .anySatisfy(problem -> {
                    assertThat(problem.where()).isEqualTo(Prices.class.getName());
                    assertThat(problem.what()).contains("was made before it could be protected");
                });
    }

    /** Is made before anything can be protected, and the client with it. */
    static class EarlyConsumer implements BeanPostProcessor, PriorityOrdered, BeanFactoryAware {
        @Override
        public void setBeanFactory(BeanFactory beans) {
            beans.getBean(Prices.class);
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    @Test
    void so_does_the_product_of_a_factory_bean_that_was_made_too_early() {
        assertThat(problemsOf(host.withBean("prices", FactoryOfPrices.class).withBean("early", EarlyConsumer.class)))
                .anySatisfy(problem ->
                        assertThat(problem.what()).contains("bean 'prices' was made before it could be protected"));
    }

    @Test
    void and_one_that_was_registered_ready_made_past_all_proxies() {
        assertThat(problemsOf(host.withInitializer(
                        context -> context.getBeanFactory().registerSingleton("prices", client(Prices.class)))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(Prices.class.getName());
                    assertThat(problem.what()).contains("bean 'prices'");
                });
    }

    @Test
    void a_lazy_factory_bean_is_not_asked_for_its_product() {
        AtomicInteger made = new AtomicInteger();
        host.withBean(
                        "prices",
                        CountingFactory.class,
                        () -> new CountingFactory(made),
                        definition -> definition.setLazyInit(true))
                .run(context -> {
                    assertThat(made).hasValue(0);
                    REMOTE.failNext(1);
                    assertThat(context.getBean(Prices.class).of("pen")).isEqualTo("price of /prices/pen");
                });
    }

    static class CountingFactory extends FactoryOfPrices {
        private final AtomicInteger made;

        CountingFactory(AtomicInteger made) {
            this.made = made;
        }

        @Override
        public Prices getObject() {
            made.incrementAndGet();
            return super.getObject();
        }
    }
}
