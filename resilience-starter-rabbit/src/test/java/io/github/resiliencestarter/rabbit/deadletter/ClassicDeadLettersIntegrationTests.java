package io.github.resiliencestarter.rabbit.deadletter;

class ClassicDeadLettersIntegrationTests extends RabbitTransportContract {

    ClassicDeadLettersIntegrationTests() {
        super("classic");
    }
}
