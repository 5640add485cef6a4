package io.github.resiliencestarter.call.outcome;

import io.netty.channel.ChannelOption;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.resources.ConnectionProvider;

/** Each client that the catalogue knows, as an application would set it up, with little patience. */
enum HttpClients {
    JDK {
        @Override
        void post(URI uri) throws Exception {
            HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            http.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(LONGER)
                            .POST(HttpRequest.BodyPublishers.ofString("order"))
                            .build(),
                    BodyHandlers.ofString());
        }
    },
    REST_CLIENT_JDK {
        @Override
        void post(URI uri) {
            JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(
                    HttpClient.newBuilder().connectTimeout(PATIENCE).build());
            factory.setReadTimeout(LONGER);
            restClient(factory, uri);
        }
    },
    REST_CLIENT_SIMPLE {
        @Override
        void post(URI uri) {
            restClient(simple(), uri);
        }
    },
    REST_CLIENT_APACHE {
        @Override
        void post(URI uri) {
            HttpComponentsClientHttpRequestFactory factory = new HttpComponentsClientHttpRequestFactory();
            factory.setConnectTimeout(PATIENCE);
            factory.setReadTimeout(PATIENCE);
            restClient(factory, uri);
        }
    },
    REST_TEMPLATE {
        @Override
        void post(URI uri) {
            new RestTemplate(simple()).postForObject(uri, "order", String.class);
        }
    },
    WEB_CLIENT {
        @Override
        void post(URI uri) {
            reactor.netty.http.client.HttpClient http = reactor.netty.http.client.HttpClient.create(
                            ConnectionProvider.newConnection())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                    .responseTimeout(PATIENCE);
            WebClient.builder()
                    .clientConnector(new ReactorClientHttpConnector(http))
                    .build()
                    .post()
                    .uri(uri)
                    .bodyValue("order")
                    .retrieve()
                    .bodyToMono(String.class)
                    .block();
        }
    };

    static final Duration PATIENCE = Duration.ofMillis(200);

    /** The JDK's client counts the time for the connection as time for the answer, too. */
    private static final Duration LONGER = Duration.ofSeconds(1);

    abstract void post(URI uri) throws Exception;

    private static void restClient(ClientHttpRequestFactory factory, URI uri) {
        RestClient.builder()
                .requestFactory(factory)
                .build()
                .post()
                .uri(uri)
                .body("order")
                .retrieve()
                .body(String.class);
    }

    private static ClientHttpRequestFactory simple() {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(PATIENCE);
        factory.setReadTimeout(PATIENCE);
        return factory;
    }
}
