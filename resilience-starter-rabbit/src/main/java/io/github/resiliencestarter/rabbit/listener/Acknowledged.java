package io.github.resiliencestarter.rabbit.listener;

/** What the broker is told of one message of the channel. */
record Acknowledged(ConsumerChannel channel, long tag) implements Settlement {

    @Override
    public void settle() {
        channel.ack(tag);
    }

    @Override
    public void giveBack() {
        channel.requeue(tag);
    }
}
