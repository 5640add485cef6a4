package io.github.resiliencestarter.call.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.TestCalls;
import io.github.resiliencestarter.call.Pipeline;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.ReflectionUtils;

class MethodTableTests {

    private final Pipeline pipeline = TestCalls.with().pipeline("any");
    private final MethodTable table = new MethodTable();

    @Test
    void every_method_is_found_again_however_many_there_are() {
        Map<Method, ProtectedMethod> put = new LinkedHashMap<>();
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(
                String.class,
                each -> !Modifier.isStatic(each.getModifiers()) && Modifier.isPublic(each.getModifiers()))) {
            ProtectedMethod made = made(method);
            put.put(method, made);
            table.put(String.class, method, made);
        }

        assertThat(put).hasSizeGreaterThan(50);
        put.forEach(
                (method, made) -> assertThat(table.get(String.class, method)).isSameAs(made));
    }

    @Test
    void one_method_of_two_classes_is_two_entries() throws Exception {
        Method method = Object.class.getMethod("toString");
        ProtectedMethod ofString = made(method);
        ProtectedMethod ofInteger = made(method);

        table.put(String.class, method, ofString);
        table.put(Integer.class, method, ofInteger);

        assertThat(table.get(String.class, method)).isSameAs(ofString);
        assertThat(table.get(Integer.class, method)).isSameAs(ofInteger);
        assertThat(table.get(Long.class, method)).isNull();
    }

    @Test
    void the_first_that_was_put_stays() throws Exception {
        Method method = Object.class.getMethod("toString");
        ProtectedMethod first = made(method);

        table.put(String.class, method, first);
        table.put(String.class, method, made(method));

        assertThat(table.get(String.class, method)).isSameAs(first);
    }

    private ProtectedMethod made(Method method) {
        return new ProtectedMethod(method.getDeclaringClass(), method, pipeline, null, false);
    }
}
