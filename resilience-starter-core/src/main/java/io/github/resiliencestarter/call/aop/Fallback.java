package io.github.resiliencestarter.call.aop;

import io.github.resiliencestarter.CallFailure;
import org.jspecify.annotations.Nullable;

/** What answers for a method that has failed. Thread-safe. */
interface Fallback {

    /**
     * @return the answer, or {@link io.github.resiliencestarter.call.Recovery#NONE} where it has none for this exception
     */
    @Nullable
    Object answer(Object target, @Nullable Object[] arguments, CallFailure failure) throws Throwable;

    /** Whether what would answer for this exception takes a {@link CallFailure}, and so decides about what is in it. */
    boolean decides(Throwable exception);
}
