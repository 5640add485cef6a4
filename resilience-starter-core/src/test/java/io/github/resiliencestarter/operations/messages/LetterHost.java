package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.jdbc.JdbcDeadLetterStore;
import io.github.resiliencestarter.messaging.jdbc.JdbcReplayStore;
import io.github.resiliencestarter.operations.WebHost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** What an application with parked letters has: stores, here in H2, and a broker behind which everything is processed. */
@Configuration(proxyBeanMethods = false)
class LetterHost {

    /** With the endpoint, and each with a database of its own. */
    static WebHost start(String database, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("management.endpoints.web.exposure.include=deadletters,health");
        all.add("spring.datasource.url=jdbc:h2:mem:" + database);
        return new WebHost(List.of(LetterHost.class), all.toArray(String[]::new));
    }

    @Bean
    DeadLetterStore letters(DataSource database) {
        new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", JdbcDeadLetterStore.class))
                .execute(database);
        return new JdbcDeadLetterStore(database);
    }

    @Bean
    ReplayStore replayStore(DataSource database) {
        return new JdbcReplayStore(database);
    }

    @Bean
    Listener listener(DeadLetterStore letters) {
        return new Listener(letters);
    }

    static final class Listener implements DeadLetterTransport {

        final List<DeadLetter> replayed = new CopyOnWriteArrayList<>();
        private final DeadLetterStore letters;

        Listener(DeadLetterStore letters) {
            this.letters = letters;
        }

        @Override
        public boolean serves(Source source) {
            return true;
        }

        @Override
        public CompletionStage<Void> deadLetter(DeadLetter letter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
            replayed.add(letter);
            letters.resolve(letter.id(), letter.replayCount() + 1, replay.id());
            return CompletableFuture.completedFuture(null);
        }
    }
}
