package io.github.resiliencestarter.docs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resiliencestarter.Host;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.web.client.RestClient;

/** What an application with the given YAML really prints, with com.acme for the package of the examples. */
final class RealOutput {

    private RealOutput() {}

    /** The lines of the start-up check in the log of an application that starts. */
    static String log(Class<?> bean, String yaml) {
        Logger logger = (Logger) LoggerFactory.getLogger("io.github.resiliencestarter");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        try {
            run(bean, yaml, context -> {
                if (context.getStartupFailure() != null) {
                    throw new AssertionError(context.getStartupFailure());
                }
            });
        } finally {
            logger.detachAppender(lines);
            logger.setAdditive(true);
            logger.setLevel(before);
        }
        return lines.list.stream()
                // a breaker that another test has opened may become half open just now
                .filter(line -> line.getLoggerName().equals(logger.getName()))
                .map(line ->
                        String.format("%5s %s : %s", line.getLevel(), line.getLoggerName(), line.getFormattedMessage()))
                .map(RealOutput::acme)
                .collect(Collectors.joining("\n"));
    }

    /** The report of a start that fails. */
    static String report(Class<?> bean, String yaml) {
        StringBuilder report = new StringBuilder();
        run(bean, yaml, context -> {
            FailureAnalysis analysis = analyze(context.getStartupFailure(), environment(yaml));
            report.append("Description:\n\n").append(analysis.getDescription());
            report.append("\n\nAction:\n\n").append(analysis.getAction());
        });
        return acme(report.toString());
    }

    private static FailureAnalysis analyze(Throwable failure, Environment environment) {
        ArgumentResolver arguments = ArgumentResolver.of(Environment.class, environment)
                .and(BeanFactory.class, new DefaultListableBeanFactory());
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation(
                        RealOutput.class.getClassLoader())
                .load(FailureAnalyzer.class, arguments, (type, name, absent) -> {});
        return analyzers.stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody explains it", failure));
    }

    private static void run(Class<?> bean, String yaml, Consumer<AssertableApplicationContext> check) {
        ApplicationContextRunner host = Host.host()
                .withInitializer(context -> add(yaml, context.getEnvironment()))
                .withBean(RestClient.Builder.class, RestClient::builder)
                .withBean(bean);
        host.run(check::accept);
    }

    private static Environment environment(String yaml) {
        StandardEnvironment environment = new StandardEnvironment();
        add(yaml, environment);
        return environment;
    }

    private static void add(String yaml, ConfigurableEnvironment environment) {
        for (PropertySource<?> source : YamlExample.load(yaml)) {
            environment.getPropertySources().addFirst(source);
        }
    }

    private static String acme(String output) {
        return output.replace(YamlExample.EXAMPLES + "Mistakes$", YamlExample.ACME)
                .replace(YamlExample.EXAMPLES, YamlExample.ACME)
                .replace(System.lineSeparator(), "\n");
    }
}
