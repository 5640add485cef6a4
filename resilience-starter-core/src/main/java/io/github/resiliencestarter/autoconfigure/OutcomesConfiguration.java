package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.OutcomeClassifier;
import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.outcome.CatalogueClassifier;
import io.github.resiliencestarter.call.outcome.ConnectionOutcomes;
import io.github.resiliencestarter.call.outcome.DataAccessOutcomes;
import io.github.resiliencestarter.call.outcome.GrpcOutcomes;
import io.github.resiliencestarter.call.outcome.Outcomes;
import io.github.resiliencestarter.call.outcome.RestClientOutcomes;
import io.github.resiliencestarter.call.outcome.SqlOutcomes;
import io.github.resiliencestarter.call.outcome.WebClientOutcomes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the exceptions of the clients say that the host has; its own classifiers are asked first. */
@Configuration(proxyBeanMethods = false)
class OutcomesConfiguration {

    @Bean
    Outcomes resilienceOutcomes(ObjectProvider<OutcomeClassifier> classifiers) {
        return new Outcomes(classifiers.orderedStream().toList());
    }

    @Bean
    CatalogueClassifier resilienceConnectionOutcomes() {
        return new ConnectionOutcomes();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.client.RestClientResponseException")
    static class RestClient {

        @Bean
        CatalogueClassifier resilienceRestClientOutcomes(CallClock clock) {
            return new RestClientOutcomes(clock.clock());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.reactive.function.client.WebClientResponseException")
    static class WebClient {

        @Bean
        CatalogueClassifier resilienceWebClientOutcomes(CallClock clock) {
            return new WebClientOutcomes(clock.clock());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "java.sql.SQLException")
    static class Jdbc {

        @Bean
        CatalogueClassifier resilienceSqlOutcomes() {
            return new SqlOutcomes();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.dao.DataAccessException")
    static class DataAccess {

        @Bean
        CatalogueClassifier resilienceDataAccessOutcomes() {
            return new DataAccessOutcomes();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.grpc.Status")
    static class Grpc {

        @Bean
        CatalogueClassifier resilienceGrpcOutcomes() {
            return new GrpcOutcomes();
        }
    }
}
