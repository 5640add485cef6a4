package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.github.resiliencestarter.ResilientCall;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A mock in the place of a bean is what the test wants, annotated or not. */
@SpringBootTest(classes = MockedBeansTests.Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class MockedBeansTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Gateway.class)
    static class Application {}

    interface Prices {
        @ResilientCall(name = "prices", fallback = "none")
        String of(String item);

        default String none(String item) {
            return "none";
        }
    }

    static class Gateway {
        @ResilientCall(name = "gateway", fallback = "none")
        public String pay() {
            return "paid";
        }

        private String none() {
            return "none";
        }
    }

    @MockitoBean
    Prices prices;

    @MockitoBean
    Gateway gateway;

    @Autowired
    Prices injected;

    @Test
    void the_start_does_not_complain_of_mocks_and_they_answer() {
        when(prices.of("pen")).thenReturn("1");
        when(gateway.pay()).thenReturn("nothing");
        assertThat(injected.of("pen")).isEqualTo("1");
        assertThat(gateway.pay()).isEqualTo("nothing");
    }
}
