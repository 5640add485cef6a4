package io.github.resiliencestarter.test.fault;

import io.github.resiliencestarter.call.CallClock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Reads {@code oracleStorage:fail-next=1,latency=2s;paymentGateway:hang=true}; the keys are those of the properties. */
final class ChaosHeader {

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
            properties.put("fault." + keyAndValue[0].trim(), keyAndValue[1].trim());
        }
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("fault", ChaosOfCall.class);
    }
}
