package io.github.resiliencestarter.test.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class CurrentProbeTests {

    private final ResilienceProbe ours = ResilienceProbe.of(new StaticListableBeanFactory());
    private final ResilienceProbe another = ResilienceProbe.of(new StaticListableBeanFactory());

    @Test
    void a_test_that_ends_leaves_the_one_beside_it_its_probe() {
        ours.use();
        onAnotherThread(() -> {
            another.use();
            another.release();
        });
        try {
            onAnotherThread(() -> assertThat(CurrentProbe.get()).isSameAs(ours));
        } finally {
            ours.release();
        }
        assertThatIllegalStateException().isThrownBy(CurrentProbe::get);
    }

    private static void onAnotherThread(Runnable task) {
        CompletableFuture.runAsync(task, each -> new Thread(each).start()).join();
    }
}
