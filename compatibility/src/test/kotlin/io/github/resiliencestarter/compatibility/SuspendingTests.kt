package io.github.resiliencestarter.compatibility

import io.github.resiliencestarter.CallFailure
import io.github.resiliencestarter.ResilientCall
import io.github.resiliencestarter.call.Outcome
import io.github.resiliencestarter.call.Pipelines
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.context.annotation.Import

/** Suspending functions and flows. */
@SpringBootTest(
    classes = [SuspendingTests.Application::class],
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties =
        [
            "spring.datasource.generate-unique-name=true",
            "resilience.defaults.idempotent=true",
            "resilience.defaults.retry.backoff.delay=0",
            "resilience.calls.endless.bulkhead.max-concurrent-calls=1",
            "resilience.calls.slow.timeout.per-attempt=50ms",
            "resilience.calls.slow.retry.enabled=false",
        ],
)
class SuspendingTests {

    @Import(HostApplication::class, Directory::class)
    class Application

    open class Directory {
        val attempts = AtomicInteger()
        val began = CompletableDeferred<Unit>()
        val cancelled = CompletableDeferred<Unit>()

        @ResilientCall("flaky")
        open suspend fun flaky(name: String): String {
            delay(1)
            if (attempts.incrementAndGet() < 3) throw IOException("not yet")
            return "$name in ${currentCoroutineContext()[CoroutineName]?.name}"
        }

        @ResilientCall(name = "down", fallback = "suspending")
        open suspend fun downSuspending(name: String): String = throw IOException("down")

        @Suppress("unused")
        private suspend fun suspending(name: String, failure: IOException): String {
            delay(1)
            return "$name suspended after ${failure.message} in ${currentCoroutineContext()[CoroutineName]?.name}"
        }

        @ResilientCall(name = "down", fallback = "plain")
        open suspend fun downPlain(name: String): String = throw IOException("down")

        @Suppress("unused")
        private fun plain(name: String, failure: CallFailure): String = "$name after ${failure.attempts()}"

        @ResilientCall("unit")
        open suspend fun nothing() {
            if (attempts.incrementAndGet() < 2) throw IOException("not yet")
        }

        @ResilientCall("endless")
        open suspend fun endless(): String {
            began.complete(Unit)
            try {
                awaitCancellation()
            } finally {
                cancelled.complete(Unit)
            }
        }

        @ResilientCall("slow")
        open suspend fun slow(): String = awaitCancellation()

        @ResilientCall(name = "impatient", fallback = "later")
        open suspend fun impatient(): String = withTimeout(20) { awaitCancellation() }

        @Suppress("unused") private fun later(failure: TimeoutCancellationException): String = "later"

        @ResilientCall("flow")
        open fun flowing(): Flow<String> = flow {
            if (attempts.incrementAndGet() < 3) throw IOException("not yet")
            emit("a")
            emit("b")
        }

        @ResilientCall(name = "suspendedFlow", fallback = "otherFlow")
        open suspend fun suspendedFlow(): Flow<String> {
            delay(1)
            return flow { throw IOException("down") }
        }

        @Suppress("unused") private fun otherFlow(): Flow<String> = flowOf("x", "y")
    }

    @Autowired lateinit var directory: Directory

    @Autowired lateinit var pipelines: Pipelines

    private val target: Directory
        get() = org.springframework.test.util.AopTestUtils.getUltimateTargetObject(directory)

    @BeforeEach
    fun reset() = target.attempts.set(0)

    @Test
    fun a_suspending_function_is_tried_again_in_the_context_of_its_caller() = runBlocking<Unit> {
        val answer = withContext(CoroutineName("caller")) { directory.flaky("ann") }
        assertThat(answer).isEqualTo("ann in caller")
        assertThat(target.attempts).hasValue(3)
        assertThat(pipelines.get("flaky").counts().of(Outcome.RECOVERED)).isEqualTo(1)
    }

    @Test
    fun a_suspending_fallback_answers() = runBlocking<Unit> {
        val answer = withContext(CoroutineName("caller")) { directory.downSuspending("ann") }
        assertThat(answer).isEqualTo("ann suspended after down in caller")
    }

    @Test
    fun a_plain_fallback_answers() = runBlocking<Unit> {
        assertThat(directory.downPlain("ann")).isEqualTo("ann after 3")
    }

    @Test
    fun one_that_returns_nothing_is_tried_again() = runBlocking<Unit> {
        directory.nothing()
        assertThat(target.attempts).hasValue(2)
    }

    @Test
    fun cancelling_the_coroutine_cancels_the_attempt_and_gives_its_permits_back() = runBlocking<Unit> {
        val caller = launch(Dispatchers.Default) { directory.endless() }
        target.began.await()
        caller.cancelAndJoin()
        target.cancelled.await()
        val pipeline = pipelines.get("endless")
        assertThat(pipeline.counts().of(Outcome.CANCELLED)).isEqualTo(1)
        assertThat(pipeline.parts().bulkhead()!!.metrics.availableConcurrentCalls).isEqualTo(1)
    }

    @Test
    fun an_attempt_times_out() {
        assertThrows<io.github.resiliencestarter.AttemptTimeoutException> { runBlocking { directory.slow() } }
    }

    @Test
    fun a_timeout_of_the_function_itself_is_a_failure_and_not_a_cancellation() = runBlocking<Unit> {
        assertThat(directory.impatient()).isEqualTo("later")
        assertThat(pipelines.get("impatient").counts().of(Outcome.FALLBACK)).isEqualTo(1)
    }

    @Test
    fun a_flow_is_tried_again_each_time_that_it_is_collected() = runBlocking<Unit> {
        assertThat(directory.flowing().toList()).containsExactly("a", "b")
        assertThat(target.attempts).hasValue(3)
    }

    @Test
    fun a_suspending_function_may_return_a_flow_and_so_may_its_fallback() = runBlocking<Unit> {
        assertThat(directory.suspendedFlow().toList()).containsExactly("x", "y")
    }
}
