package io.github.resiliencestarter.test.time;

import io.github.resiliencestarter.call.Alarm;

/** An alarm of a call: its timeout, or the end of a circuit breaker's wait. */
record AlarmAppointment(Alarm alarm) implements Appointment {

    @Override
    public void keep() {
        alarm.ringIfArmed();
    }

    @Override
    public boolean stands() {
        return alarm.isArmed();
    }
}
