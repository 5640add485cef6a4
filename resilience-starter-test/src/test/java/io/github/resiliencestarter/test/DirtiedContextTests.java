package io.github.resiliencestarter.test;

import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.call;

import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.MethodMode;

/** The order of the annotations is the one in which whoever prefers the kit's first would write them. */
@WithVirtualTime
@SpringBootTest(classes = BesideSpringBootTestTests.Application.class)
class DirtiedContextTests {

    @Autowired
    private Storage storage;

    @RepeatedTest(2)
    @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
    void a_context_that_is_renewed_before_a_test_is_the_one_that_is_asked() throws Exception {
        assertThat(storage.upload("contents")).isEqualTo("stored");
        assertThat(call("oracleStorage")).hasSucceeded(1);
    }
}
