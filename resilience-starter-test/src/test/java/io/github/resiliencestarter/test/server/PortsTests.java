package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTests {

    private static final int MANY = 250;
    private static final int HUNDRED = 100;

    @Test
    void a_port_is_free_and_given_once() {
        List<Integer> given = given();

        assertThat(given).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void another_jvm_is_given_none_of_the_hundreds_that_ours_come_from() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Given.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<Integer> ours = hundreds(given().stream());
        Set<Integer> theirs;
        try (var output = other.inputReader(StandardCharsets.UTF_8)) {
            theirs = hundreds(output.lines().limit(MANY).map(Integer::valueOf));
        } finally {
            other.destroyForcibly();
        }

        assertThat(theirs).hasSizeGreaterThanOrEqualTo(MANY / HUNDRED).doesNotContainAnyElementsOf(ours);
    }

    private static Set<Integer> hundreds(Stream<Integer> ports) {
        return ports.map(port -> port / HUNDRED).collect(Collectors.toSet());
    }

    private static List<Integer> given() {
        return IntStream.range(0, MANY).mapToObj(each -> Ports.free()).toList();
    }

    static final class Given {

        /** Lives on with what it has been given until it is killed. */
        public static void main(String[] arguments) throws InterruptedException {
            given().forEach(System.out::println);
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
