package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Clients that Spring 7 makes by itself from a list of interfaces. */
class HttpServiceGroupTests {

    private static final BusyServer SERVER = new BusyServer();

    interface Stock {
        @ResilientCall("stock")
        @GetExchange("/stock")
        String left();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void a_client_of_a_group_is_protected() {
        SERVER.isBusy(2);
        try (var context = HostApplication.run(
                HostApplication.withoutWeb(Services.class), "resilience.defaults.retry.backoff.delay=0")) {
            assertThat(context.getBean(Stock.class).left()).isEqualTo("answer 3");
        }
    }

    @Import(HostApplication.class)
    @ImportHttpServices(types = Stock.class)
    static class Services {
        @Bean
        RestClientHttpServiceGroupConfigurer address() {
            return groups -> groups.forEachClient((group, client) -> client.baseUrl(SERVER.url()));
        }
    }
}
