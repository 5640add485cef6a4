package io.github.resiliencestarter.samples.orders;

import io.github.resiliencestarter.test.WithRabbit;
import org.springframework.test.context.ActiveProfiles;

/** The same story, over RabbitMQ. */
@WithRabbit
@ActiveProfiles("rabbit")
class RabbitStoryIntegrationTests extends StoryIntegrationTests {}
