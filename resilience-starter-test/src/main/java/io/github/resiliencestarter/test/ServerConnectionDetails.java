package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.MariaDbServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;
import io.github.resiliencestarter.test.server.RedisServer;
import io.github.resiliencestarter.test.server.Server;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.util.ClassUtils;

/**
 * The way to a server, as the host's line of Spring Boot asks for it: the same idea has a package of its own on each line, and
 * on Spring Boot 4 a module that a host may lack. The JVM links what a lambda names when the lambda runs, not before.
 */
final class ServerConnectionDetails {

    private static final String BOOT_3 = "org.springframework.boot.autoconfigure.";
    private static final String BOOT_4 = "org.springframework.boot.";

    private ServerConnectionDetails() {}

    /** Empty if the host has no auto-configuration for such a server. */
    static Optional<ConnectionDetails> of(Server server) {
        if (server instanceof KafkaServer kafka) {
            return first(
                    BOOT_3 + "kafka.KafkaConnectionDetails",
                    () -> new io.github.resiliencestarter.test.boot3.KafkaDetails(kafka),
                    BOOT_4 + "kafka.autoconfigure.KafkaConnectionDetails",
                    () -> new io.github.resiliencestarter.test.boot4.KafkaDetails(kafka));
        }
        if (server instanceof RabbitServer rabbit) {
            return first(
                    BOOT_3 + "amqp.RabbitConnectionDetails",
                    () -> new io.github.resiliencestarter.test.boot3.RabbitDetails(rabbit),
                    BOOT_4 + "amqp.autoconfigure.RabbitConnectionDetails",
                    () -> new io.github.resiliencestarter.test.boot4.RabbitDetails(rabbit));
        }
        if (server instanceof PostgresServer it) {
            return database(it.jdbcUrl(), it.username(), it.password());
        }
        if (server instanceof MariaDbServer it) {
            return database(it.jdbcUrl(), it.username(), it.password());
        }
        if (server instanceof RedisServer redis) {
            return first(
                    BOOT_3 + "data.redis.RedisConnectionDetails",
                    () -> new io.github.resiliencestarter.test.boot3.RedisDetails(redis),
                    BOOT_4 + "data.redis.autoconfigure.DataRedisConnectionDetails",
                    () -> new io.github.resiliencestarter.test.boot4.RedisDetails(redis));
        }
        return Optional.empty();
    }

    private static Optional<ConnectionDetails> database(String url, String username, String password) {
        return first(
                BOOT_3 + "jdbc.JdbcConnectionDetails",
                () -> new io.github.resiliencestarter.test.boot3.JdbcDetails(url, username, password),
                BOOT_4 + "jdbc.autoconfigure.JdbcConnectionDetails",
                () -> new io.github.resiliencestarter.test.boot4.JdbcDetails(url, username, password));
    }

    private static Optional<ConnectionDetails> first(
            String boot3, Supplier<ConnectionDetails> onBoot3, String boot4, Supplier<ConnectionDetails> onBoot4) {
        if (isPresent(boot3)) {
            return Optional.of(onBoot3.get());
        }
        return isPresent(boot4) ? Optional.of(onBoot4.get()) : Optional.empty();
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, ServerConnectionDetails.class.getClassLoader());
    }
}
