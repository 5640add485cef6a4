package io.github.resiliencestarter.rabbit.deadletter;

class RabbitDeadLetterTransportIntegrationTests extends RabbitTransportContract {

    RabbitDeadLetterTransportIntegrationTests() {
        super("quorum");
    }
}
