package io.github.resiliencestarter.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServerRequestsTests {

    private static final ServerRequest KAFKA = new ServerRequest("kafka", 1);

    @Test
    void each_annotation_asks_for_a_server() {
        @WithRedis
        @WithMariaDb
        @WithPostgres
        @WithRabbit(nodes = 3)
        @WithKafka
        class All {}

        assertThat(ServerRequests.of(All.class))
                .containsExactly(
                        KAFKA,
                        new ServerRequest("rabbit", 3),
                        new ServerRequest("postgres", 1),
                        new ServerRequest("mariadb", 1),
                        new ServerRequest("redis", 1));
    }

    @Test
    void a_class_without_annotations_asks_for_none() {
        class None {}

        assertThat(ServerRequests.of(None.class)).isEmpty();
    }

    @Test
    void the_annotation_may_be_on_an_annotation() {
        @Mine
        class Annotated {}

        assertThat(ServerRequests.of(Annotated.class)).containsExactly(KAFKA);
    }

    @Test
    void the_annotation_is_inherited() {
        assertThat(ServerRequests.of(Child.class)).containsExactly(KAFKA);
    }

    @Test
    void a_nested_class_asks_for_what_its_outer_class_asks_for_too() {
        assertThat(ServerRequests.of(Outer.Inner.class)).containsExactly(KAFKA, new ServerRequest("redis", 1));
    }

    @Test
    void the_nearest_annotation_of_a_kind_decides() {
        assertThat(ServerRequests.of(Outer.Cluster.class)).containsExactly(new ServerRequest("kafka", 3));
    }

    @Test
    void a_static_member_class_is_on_its_own() {
        assertThat(ServerRequests.of(Outer.Other.class)).isEmpty();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @WithKafka
    @interface Mine {}

    @WithKafka
    static class Parent {}

    static class Child extends Parent {}

    @WithKafka
    static class Outer {

        @Nested
        @WithRedis
        class Inner {}

        @Nested
        @WithKafka(nodes = 3)
        class Cluster {}

        static class Other {}
    }
}
