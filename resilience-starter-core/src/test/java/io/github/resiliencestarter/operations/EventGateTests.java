package io.github.resiliencestarter.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SourceFilteringListener;
import org.springframework.context.support.GenericApplicationContext;

class EventGateTests {

    static class OfFailures {
        @EventListener
        void on(CallFailed event) {}
    }

    static class OfSomethingElse {
        @EventListener
        void on(ContextRefreshedEvent event) {}
    }

    static class OfEverything implements ApplicationListener<ApplicationEvent> {
        @Override
        public void onApplicationEvent(ApplicationEvent event) {}
    }

    static class OfRetries implements ApplicationListener<PayloadApplicationEvent<CallRetried>> {
        @Override
        public void onApplicationEvent(PayloadApplicationEvent<CallRetried> event) {}
    }

    @Test
    void it_is_closed_where_nobody_listens() {
        with(OfSomethingElse.class, context -> {
            EventGate gate = new EventGate(context);
            assertThat(gate.isOpenFor(CallFailed.class)).isFalse();
            assertThat(gate.isOpenFor(CallRetried.class)).isFalse();
        });
    }

    @Test
    void it_is_open_for_what_an_annotated_method_takes_and_for_nothing_else() {
        with(OfFailures.class, context -> {
            EventGate gate = new EventGate(context);
            assertThat(gate.isOpenFor(CallFailed.class)).isTrue();
            assertThat(gate.isOpenFor(CallRetried.class)).isFalse();
        });
    }

    @Test
    void a_listener_of_the_application_that_takes_everything_counts() {
        with(
                OfEverything.class,
                context -> assertThat(new EventGate(context).isOpenFor(CallRejected.class))
                        .isTrue());
    }

    @Test
    void a_listener_of_spring_that_takes_everything_does_not_count() {
        with(OfSomethingElse.class, context -> {
            context.addApplicationListener(new SourceFilteringListener(new Object(), new OfEverything()));
            assertThat(new EventGate(context).isOpenFor(CallRejected.class)).isFalse();
        });
    }

    @Test
    void a_listener_that_is_added_later_opens_it() {
        with(OfSomethingElse.class, context -> {
            EventGate gate = new EventGate(context);
            assertThat(gate.isOpenFor(CallRetried.class)).isFalse();
            context.addApplicationListener(new OfRetries());
            assertThat(gate.isOpenFor(CallRetried.class)).isTrue();
            assertThat(gate.isOpenFor(CallFailed.class)).isFalse();
        });
    }

    @Test
    void a_listener_of_the_parent_context_opens_it() {
        with(OfFailures.class, parent -> {
            GenericApplicationContext child = new GenericApplicationContext(parent);
            child.refresh();
            assertThat(new EventGate(child).isOpenFor(CallFailed.class)).isTrue();
            child.close();
        });
    }

    @Test
    void a_lazy_listener_that_is_not_made_yet_opens_it() {
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean(OfRetries.class, definition -> definition.setLazyInit(true));
        context.refresh();
        EventGate gate = new EventGate(context);
        assertThat(gate.isOpenFor(CallRetried.class)).isTrue();
        assertThat(gate.isOpenFor(CallFailed.class)).isFalse();
        assertThat(context.getBeanFactory().containsSingleton(OfRetries.class.getName()))
                .isFalse();
        context.close();
    }

    private static void with(Class<?> listener, Consumer<GenericApplicationContext> test) {
        var context = new AnnotationConfigApplicationContext(listener);
        try {
            test.accept(context);
        } finally {
            context.close();
        }
    }
}
