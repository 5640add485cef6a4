package io.github.resiliencestarter.rabbit.listener;

import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.rabbitmq.client.Channel;
import io.github.resiliencestarter.call.CallClock;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;

class ManualChannelTests {

    private final Channel raw = mock(Channel.class);
    private final ManualChannel channel = new ManualChannel(
            raw, (success, tag, cause) -> {}, new AsideParts(1, CallClock.system(), Runnable::run), processed -> {});
    private final Channel shown = channel.forListener(raw);

    @Test
    void what_was_recovered_is_not_acknowledged_by_its_old_tag() throws IOException {
        deliver(1);
        deliver(2);
        shown.basicRecover(true);
        verify(raw).basicRecover(true);
        deliver(3);
        shown.basicAck(3, true);
        verify(raw).basicAck(3, false);
        verify(raw, never()).basicAck(1, false);
        verify(raw, never()).basicAck(2, false);
    }

    @Test
    void an_acknowledgement_of_several_leaves_out_what_waits_for_its_next_attempt() throws IOException {
        deliver(1);
        deliver(2);
        channel.failed(1);
        shown.basicAck(2, true);
        verify(raw).basicAck(2, false);
        verify(raw, never()).basicAck(1, false);
        verify(raw, never()).basicNack(anyLong(), anyBoolean(), anyBoolean());
    }

    private void deliver(long tag) {
        MessageProperties properties = new MessageProperties();
        properties.setDeliveryTag(tag);
        channel.delivered(new Message(new byte[0], properties));
    }
}
