package io.github.resiliencestarter.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallKeyTests {

    private final Object bean = new Object();

    @Test
    void equal_arguments_make_equal_keys() {
        assertThat(CallKey.of(bean, "EUR", 2, null))
                .isEqualTo(CallKey.of(bean, "EUR", 2, null))
                .hasSameHashCodeAs(CallKey.of(bean, "EUR", 2, null))
                .isNotEqualTo(CallKey.of(bean, "EUR", 2, 3))
                .isNotEqualTo(CallKey.of(bean, "EUR", 2))
                .isNotEqualTo(CallKey.of(bean, "EUR", 2L, null));
    }

    @Test
    void two_beans_of_one_class_may_answer_differently() {
        assertThat(CallKey.of(List.of(1), "EUR")).isNotEqualTo(CallKey.of(new ArrayList<>(List.of(1)), "EUR"));
    }

    @Test
    void arrays_are_compared_by_what_is_in_them() {
        assertThat(CallKey.of(bean, new byte[] {1, 2}, new String[][] {{"a"}, {"b"}}))
                .isEqualTo(CallKey.of(bean, new byte[] {1, 2}, new String[][] {{"a"}, {"b"}}))
                .isNotEqualTo(CallKey.of(bean, new byte[] {1, 3}, new String[][] {{"a"}, {"b"}}))
                .isNotEqualTo(CallKey.of(bean, new byte[] {1, 2}, new String[][] {{"a"}, {"c"}}));
    }

    @Test
    void arrays_may_change_after_the_call() {
        byte[] bytes = {1, 2};
        String[][] nested = {{"a"}};
        CallKey key = CallKey.of(bean, bytes, nested);
        bytes[0] = 9;
        nested[0][0] = "z";
        assertThat(key).isEqualTo(CallKey.of(bean, new byte[] {1, 2}, new String[][] {{"a"}}));
    }

    @Test
    void lists_sets_and_maps_may_change_after_the_call() {
        List<String> list = new ArrayList<>(List.of("a"));
        Set<String> set = new HashSet<>(Set.of("a"));
        Map<String, String> map = new HashMap<>(Map.of("a", "b"));
        CallKey key = CallKey.of(bean, list, set, map);
        list.add("more");
        set.add("more");
        map.put("more", "more");
        assertThat(key).isEqualTo(CallKey.of(bean, List.of("a"), Set.of("a"), Map.of("a", "b")));
    }
}
