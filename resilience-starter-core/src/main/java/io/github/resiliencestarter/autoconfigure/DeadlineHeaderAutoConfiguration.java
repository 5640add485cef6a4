package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.Pipelines;
import io.github.resiliencestarter.http.DeadlineExchangeFilter;
import io.github.resiliencestarter.http.DeadlineFilter;
import io.github.resiliencestarter.http.DeadlineHeader;
import io.github.resiliencestarter.http.DeadlineInterceptor;
import io.github.resiliencestarter.http.DeadlineWebFilter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.WebFilter;

/** The deadline of calls over HTTP, where the application asks for it. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnBean(Pipelines.class)
@Conditional(DeadlineSwitch.Either.class)
public class DeadlineHeaderAutoConfiguration {

    @Bean
    DeadlineHeader resilienceDeadlineHeader(ResilienceProperties properties, CallClock clock) {
        ResilienceProperties.Deadline deadline = properties.deadline();
        return new DeadlineHeader(deadline.header(), deadline.max(), clock);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestClient.class, ClientHttpRequestInterceptor.class})
    @Conditional(DeadlineSwitch.Propagates.class)
    static class OfRestClients {

        @Bean
        DeadlineInterceptor resilienceDeadlineInterceptor(DeadlineHeader header) {
            return new DeadlineInterceptor(header);
        }

        @Bean
        static BuildersOfClients<RestClient.Builder> resilienceRestClientBuilders(
                ObjectProvider<DeadlineInterceptor> interceptor) {
            return new BuildersOfClients<>(
                    RestClient.Builder.class, builder -> builder.requestInterceptor(interceptor.getObject()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClient.class)
    @Conditional(DeadlineSwitch.Propagates.class)
    static class OfWebClients {

        @Bean
        DeadlineExchangeFilter resilienceDeadlineExchangeFilter(DeadlineHeader header) {
            return new DeadlineExchangeFilter(header);
        }

        @Bean
        static BuildersOfClients<WebClient.Builder> resilienceWebClientBuilders(
                ObjectProvider<DeadlineExchangeFilter> filter) {
            return new BuildersOfClients<>(WebClient.Builder.class, builder -> builder.filter(filter.getObject()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
    @ConditionalOnWebApplication(type = Type.SERVLET)
    @Conditional(DeadlineSwitch.Accepts.class)
    static class OfServletRequests {

        @Bean
        DeadlineFilter resilienceDeadlineFilter(DeadlineHeader header) {
            return new DeadlineFilter(header);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebFilter.class)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    @Conditional(DeadlineSwitch.Accepts.class)
    static class OfReactiveRequests {

        @Bean
        DeadlineWebFilter resilienceDeadlineWebFilter(DeadlineHeader header) {
            return new DeadlineWebFilter(header);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    @Conditional(DeadlineSwitch.Accepts.class)
    static class OfMeters {

        @Bean
        MeterBinder resilienceDeadlineMeters(DeadlineHeader header) {
            return registry -> FunctionCounter.builder("resilience.deadline.ignored", header, DeadlineHeader::ignored)
                    .description("Requests whose deadline header could not be read")
                    .register(registry);
        }
    }
}
