package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DirectMethodTests {

    private final Service service = new Service();

    @Test
    void it_returns_what_the_method_returns() throws Throwable {
        assertThat(of("add", int.class, int.class).invoke(service, new Object[] {1, 2}))
                .isEqualTo(3);
        assertThat(of("nothing").invoke(service, new Object[0])).isNull();
        assertThat(of("many", String[].class).invoke(service, new Object[] {new String[] {"a", "b"}}))
                .isEqualTo(2);
    }

    @Test
    void what_the_method_throws_was_not_wrapped_on_the_way() throws Exception {
        IOException original = new IOException();
        DirectMethod method = of("fail", IOException.class);

        assertThatThrownBy(() -> method.invoke(service, new Object[] {original}))
                .isSameAs(original);
    }

    @Test
    void a_method_that_is_not_public_is_called_all_the_same() throws Throwable {
        assertThat(of("hidden").invoke(service, new Object[0])).isEqualTo("hidden");
    }

    private static DirectMethod of(String name, Class<?>... parameters) throws NoSuchMethodException {
        return DirectMethod.of(Service.class.getDeclaredMethod(name, parameters));
    }

    static class Service {

        public int add(int one, int two) {
            return one + two;
        }

        public void nothing() {}

        public int many(String... all) {
            return all.length;
        }

        public void fail(IOException exception) throws IOException {
            throw exception;
        }

        String hidden() {
            return "hidden";
        }
    }
}
