package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.ResilientCalls;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DisabledTests {

    @Test
    void a_disabled_starter_stands_aside_and_code_that_injects_it_still_works() throws Exception {
        try (var context =
                HostApplication.run(HostApplication.withoutWeb(HostApplication.class), "resilience.enabled=false")) {
            Remote remote = context.getBean(Remote.class);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> remote.answered(() -> {
                        throw new IOException("no answer");
                    }));
            assertThat(remote.attempts()).isEqualTo(1);
            assertThat(context.getBean(ResilientCalls.class).call("any").execute(() -> "unprotected"))
                    .isEqualTo("unprotected");
        }
    }
}
