package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.call.aop.InterfaceClients.handMade;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.aop.InterfaceClients.FactoryOfPrices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.PriorityOrdered;

/** What stops the start of a host that has beans of interfaces. */
class InterfaceMistakesTests {

    private final ApplicationContextRunner host = InterfaceClients.host();

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

    /** Nobody calls it. */
    private static Prices client() {
        return InterfaceClients.overRestClient(Prices.class, "http://localhost");
    }

    private <T> List<Problem> problemsOf(Class<T> type) {
        return problemsOf(host.withBean(type, () -> handMade(type, () -> "")));
    }

    private static List<Problem> problemsOf(ApplicationContextRunner host) {
        List<Problem> problems = new ArrayList<>();
        host.run(context -> {
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
        assertThat(problemsOf(Misspelled.class)).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(Misspelled.class.getName() + ".price(String)");
            assertThat(problem.what()).contains("no fallback 'cachd' in " + Misspelled.class.getName());
            assertThat(problem.remedy()).isEqualTo("Did you mean 'cached'?");
        });
    }

    @Test
    void static_and_private_methods_of_an_interface_stop_the_start() {
        assertThat(problemsOf(Unreachable.class))
                .extracting(Problem::where)
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
        assertThat(problemsOf(host.withBean(Prices.class, InterfaceMistakesTests::client)
                        .withBean("early", EarlyConsumer.class)))
                .anySatisfy(problem -> {
                    assertThat(problem.where()).isEqualTo(Prices.class.getName());
                    assertThat(problem.what()).contains("was made before it could be protected");
                });
    }

    @Test
    void so_does_the_product_of_a_factory_bean_that_was_made_too_early() {
        assertThat(problemsOf(host.withBean(
                                "prices",
                                FactoryOfPrices.class,
                                () -> new FactoryOfPrices(InterfaceMistakesTests::client))
                        .withBean("early", EarlyConsumer.class)))
                .anySatisfy(problem ->
                        assertThat(problem.what()).contains("bean 'prices' was made before it could be protected"));
    }

    @Test
    void and_one_that_was_registered_ready_made_past_all_proxies() {
        assertThat(problemsOf(host.withInitializer(
                        context -> context.getBeanFactory().registerSingleton("prices", client()))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(Prices.class.getName());
                    assertThat(problem.what()).contains("bean 'prices'");
                });
    }
}
