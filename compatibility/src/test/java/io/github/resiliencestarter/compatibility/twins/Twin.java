package io.github.resiliencestarter.compatibility.twins;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How something of Kafka's is called at RabbitMQ. */
final class Twin {

    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("Kafka", "Rabbit");
        WORDS.put("Topic", "Queue");
        WORDS.put("topic", "queue");
        WORDS.put("Record", "Message");
        WORDS.put("$Consumer", "$Listener");
        WORDS.put("^consumer.", "listener.");
        WORDS.put("create-", "declare-");
    }

    private Twin() {}

    static String of(String name) {
        String twin = "^" + name;
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            twin = twin.replace(word.getKey(), word.getValue());
        }
        return twin.replace("^", "");
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
