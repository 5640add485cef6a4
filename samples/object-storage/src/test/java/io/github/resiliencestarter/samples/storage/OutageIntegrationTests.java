package io.github.resiliencestarter.samples.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OutageIntegrationTests {

    @Test
    void the_sample_goes_through_an_outage_and_ends(CapturedOutput output) throws Exception {
        ObjectStorageSample.main(new String[] {"--resilience4j.retry.instances.oracleStorage.wait-duration=1ms"});

        assertThat(output).containsSubsequence("code 16: https://", "CLOSED", "CallNotPermittedException  3");
    }
}
