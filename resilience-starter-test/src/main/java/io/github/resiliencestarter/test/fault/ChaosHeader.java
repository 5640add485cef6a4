package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.call.CallClock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Reads {@code oracleStorage:fail-next=1,latency=2s;paymentGateway:hang=true}; the keys are those of the properties. */
final class ChaosHeader {

    private static final Set<ConfigurationPropertyName> KEYS = Arrays.stream(ChaosOfCall.class.getRecordComponents())
            .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
            .map(ConfigurationPropertyName::of)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private ChaosHeader() {}

    /** @throws IllegalArgumentException saying what cannot be read */
    static Map<String, CallFault> read(String value, CallClock clock) {
        Map<String, CallFault> byCall = new HashMap<>();
        for (String ofCall : value.split(";", -1)) {
            String[] callAndKeys = ofCall.trim().split(":", 2);
            if (callAndKeys.length < 2 || callAndKeys[0].isBlank()) {
                throw new IllegalArgumentException(
                        "'" + ofCall + "' is not of the form <call>:<key>=<value>,<key>=<value>");
            }
            String call = callAndKeys[0].trim();
            CallFault fault = new CallFault(call, clock, new Random());
            read(callAndKeys[1]).applyTo(fault, call);
            byCall.put(call, fault);
        }
        return byCall;
    }

    private static ChaosOfCall read(String keys) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String each : keys.split(",", -1)) {
            String[] keyAndValue = each.split("=", 2);
            if (keyAndValue.length < 2) {
                throw new IllegalArgumentException("'" + each + "' is not of the form <key>=<value>");
            }
            String key = keyAndValue[0].trim();
            if (!KEYS.contains(ConfigurationPropertyName.adapt(key, '.'))) { // the binder would pass it over in silence
                throw new IllegalArgumentException("'" + key + "' is no key of a fault: write one of " + KEYS);
            }
            properties.put("fault." + key, keyAndValue[1].trim());
        }
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("fault", ChaosOfCall.class);
    }
}
