package io.github.resiliencestarter.compatibility.twins;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How something of Kafka's is called at RabbitMQ. */
final class Twin {

    private Twin() {}

    static String of(String name) {
        return name.replace("Kafka", "Rabbit")
                .replace("Topic", "Queue")
                .replace("topic", "queue")
                .replace("Record", "Message")
                .replace("create-", "declare-")
                .replace("$Consumer", "$Listener")
                // the key, alone or before others
                .replaceFirst("^consumer\\b", "listener");
    }

    /** What of Kafka's has no twin, by its own name, and what of RabbitMQ's is nobody's twin, each with its module before it. */
    static Set<String> without(Set<String> kafka, Set<String> rabbit) {
        Set<String> alone = new TreeSet<>();
        kafka.stream().filter(name -> !rabbit.contains(of(name))).forEach(name -> alone.add("kafka: " + name));
        Set<String> twins = kafka.stream().map(Twin::of).collect(Collectors.toSet());
        rabbit.stream().filter(name -> !twins.contains(name)).forEach(name -> alone.add("rabbit: " + name));
        return alone;
    }
}
