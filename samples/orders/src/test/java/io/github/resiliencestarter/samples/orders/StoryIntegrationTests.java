package io.github.resiliencestarter.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.samples.orders.story.StoryTeller;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "logging.file.name=target/orders-sample.log")
@Timeout(180)
class StoryIntegrationTests {

    @Autowired
    ApplicationContext service;

    @Test
    void every_order_is_processed_or_waits_for_a_person() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        boolean conserved = StoryTeller.tell(service, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("800 sent = 795 processed + 5 open letters")
                .contains("to see whether it is back, 0 orders were given up")
                .contains("40 sent, 40 resolved, 0 failed again")
                .containsPattern("\\| broken events +\\| +200 \\| +195 \\| +5 \\|");
        assertThat(conserved).isTrue();
    }
}
