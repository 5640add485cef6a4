package io.github.resiliencestarter.call.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys under {@code resilience.defaults} and {@code resilience.calls} that no call has. The binder would ignore them in
 * silence, and with them the protection that somebody meant to have.
 */
public final class UnknownKeysRule {

    private static final List<String> KEYS = SettingsTree.keys(CallSettings.class);
    private static final Pattern DEFAULTS = Pattern.compile("resilience\\.defaults\\.(?<key>.+)");
    private static final Pattern CALLS = Pattern.compile(
            "resilience\\.calls(\\.(?<call>[^.\\[]+)|\\[[^]]+])\\.(?<key>.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECTION = Pattern.compile("resilience\\.(?<section>[^.\\[]+).*");
    private static final List<String> SECTIONS = List.of(
            "enabled",
            "defaults",
            "calls",
            "linter",
            "workers",
            "health",
            "deadline",
            "chaos",
            "dead-letters",
            "jdbc",
            "kafka",
            "rabbit");
    private static final Pattern OTHER_SECTIONS =
            Pattern.compile("resilience\\.(linter|workers|health|deadline|jdbc)\\..+", Pattern.CASE_INSENSITIVE);
    private static final List<String> OTHER_KEYS = List.of(
            "resilience.linter.fail-on",
            "resilience.linter.undeclared-idempotency",
            "resilience.workers.max-threads",
            "resilience.health.open-circuit-status",
            "resilience.deadline.accept",
            "resilience.deadline.propagate",
            "resilience.deadline.header",
            "resilience.deadline.max",
            "resilience.jdbc.enabled",
            "resilience.jdbc.initialize-schema");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

    private UnknownKeysRule() {}

    /** Whether the keys of the section are checked here, for it has the same ones wherever the starter is. */
    static boolean covers(String section) {
        return OTHER_SECTIONS.matcher(section + ".key").matches();
    }

    public static void check(PropertyOrigins origins, Findings findings) {
        for (PropertyOrigins.Written written : origins.all()) {
            checkSection(written, findings);
            checkOtherKeys(written, findings);
            if (PropertyOrigins.same(written.name(), "resilience.defaults.based-on")) {
                findings.error(
                        written.toString(),
                        "defaults hold for every call and cannot be based on one",
                        "Set based-on at the calls that share their keys, or write the keys under resilience.defaults");
            }
            String key = keyOf(written.name());
            if (key != null && !isKnown(key)) {
                String last = key.substring(key.lastIndexOf('.') + 1);
                findings.error(written.toString(), "'" + last + "' is no key of a call", remedy(written, key));
            }
        }
    }

    private static String remedy(PropertyOrigins.Written written, String key) {
        if (!written.exact()) {
            for (String known : KEYS) {
                if (withoutDots(known).equals(withoutDots(key))) {
                    String section = written.name().substring(0, written.name().lastIndexOf(key));
                    return "Did you mean " + variable(section + known) + "? A hyphen is left out, not replaced";
                }
            }
        }
        Matcher call = CALLS.matcher(written.name());
        if (written.exact() && call.matches() && call.group("call") != null) {
            for (String known : KEYS) {
                String rest = PropertyOrigins.same(key, known) ? "" : partBefore(known, key);
                if (!rest.isEmpty() && !isSection(rest)) {
                    return "If the name of the call is '" + call.group("call") + "." + rest + "', write \"["
                            + call.group("call") + "." + rest + "]\", with brackets and quotes";
                }
            }
        }
        return Suggestion.didYouMean(key, KEYS, "Remove it, or see the configuration reference for the keys");
    }

    private static String withoutDots(String key) {
        return PropertyOrigins.uniform(key).replace(".", "");
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
    }

    /** Of {@code refund.retry.max-attempts} what is before {@code retry.max-attempts}. */
    private static String partBefore(String known, String key) {
        int at = key.length() - known.length() - 1;
        return at > 0 && key.charAt(at) == '.' && PropertyOrigins.same(key.substring(at + 1), known)
                ? key.substring(0, at)
                : "";
    }

    private static boolean isSection(String rest) {
        String first = PropertyOrigins.uniform(rest.split("\\.", 2)[0]);
        return KEYS.stream()
                .anyMatch(known ->
                        PropertyOrigins.uniform(known).split("\\.", 2)[0].equals(first));
    }

    /** Other modules have sections of their own, so only what is nearly one of these is taken for a mistake. */
    private static void checkSection(PropertyOrigins.Written written, Findings findings) {
        Matcher matcher = SECTION.matcher(written.name());
        if (matcher.matches() && written.exact()) {
            String section = matcher.group("section");
            boolean known = SECTIONS.stream().anyMatch(each -> PropertyOrigins.same(each, section));
            String nearest = known ? null : Suggestion.nearest(section, SECTIONS);
            if (!known && isSection(section)) {
                findings.error(
                        written.toString(),
                        "'" + section + "' is a key of calls, and stands beside them",
                        "Write it under 'resilience.defaults', for every call, or under 'resilience.calls.<name>'");
            } else if (nearest != null) {
                findings.error(
                        written.toString(),
                        "'" + section + "' is no section of resilience",
                        "Did you mean 'resilience." + nearest + "'?");
            }
        }
    }

    private static void checkOtherKeys(PropertyOrigins.Written written, Findings findings) {
        boolean ours = OTHER_SECTIONS.matcher(written.name()).matches() && written.exact();
        if (ours && OTHER_KEYS.stream().noneMatch(key -> PropertyOrigins.same(key, written.name()))) {
            findings.error(
                    written.toString(),
                    "there is no such key",
                    Suggestion.didYouMean(written.name(), OTHER_KEYS, "Remove it"));
        }
    }

    private static @Nullable String keyOf(String property) {
        for (Pattern pattern : Set.of(DEFAULTS, CALLS)) {
            Matcher matcher = pattern.matcher(property);
            if (matcher.matches()) {
                return INDEX.matcher(matcher.group("key")).replaceFirst("");
            }
        }
        return null;
    }

    /** A section without a key, such as an empty {@code timeout:}, says nothing and harms nothing. */
    private static boolean isKnown(String key) {
        String uniform = PropertyOrigins.uniform(key);
        return KEYS.stream()
                .map(PropertyOrigins::uniform)
                .anyMatch(known -> known.equals(uniform) || known.startsWith(uniform + "."));
    }
}
