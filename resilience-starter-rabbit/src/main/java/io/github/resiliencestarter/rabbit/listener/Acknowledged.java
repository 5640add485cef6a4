package io.github.resiliencestarter.rabbit.listener;

/** What the broker is told of one message of the channel. */
record Acknowledged(ConsumerChannel channel, long tag) implements Settlement {

    @Override
    public void processed() {
        channel.processed(tag);
    }

    @Override
    public void settle() {
        channel.ack(tag);
    }

    @Override
    public void giveBack() {
        channel.requeue(tag);
    }

    @Override
    public boolean failed() {
        return channel.failed(tag);
    }

    @Override
    public void again(Tried before) {
        channel.again(tag, before);
    }
}
