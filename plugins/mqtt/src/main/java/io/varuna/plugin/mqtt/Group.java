package io.varuna.plugin.mqtt;

import io.varuna.api.plugin.ConnectionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sources that want the very same topics with the same quality of service, such as one for each rule that reads a stream.
 * One subscription at the broker serves them all. Used on the event loop.
 */
final class Group {
    private final List<TopicFilter> filters;
    private final int qos;
    private final List<Subscription> members = new ArrayList<>();

    /** Those that have come since the broker was asked the last time, and wait for its retained messages. */
    private final List<Subscription> newcomers = new ArrayList<>();

    /** Those for whom the broker was asked the last time. */
    private final List<Subscription> askers = new ArrayList<>();

    private Recipients all = Recipients.NOBODY;
    private Recipients asking = Recipients.NOBODY;
    private @Nullable Parcel parcel;
    private int expected;
    private int pendingAnswers;
    private int questions;
    private boolean established;
    private boolean expectsRetained;

    Group(List<TopicFilter> filters, int qos) {
        this.filters = filters;
        this.qos = qos;
    }

    /** What makes two requests the same. */
    record Key(Set<TopicFilter> filters, int qos) {
        static Key of(Subscription.Request request) {
            return new Key(Set.copyOf(request.filters()), request.qos());
        }
    }

    Key key() {
        return new Key(Set.copyOf(filters), qos);
    }

    List<TopicFilter> filters() {
        return filters;
    }

    int qos() {
        return qos;
    }

    void add(Subscription subscription) {
        members.add(subscription);
        newcomers.add(subscription);
        all = Recipients.of(members);
    }

    void remove(Subscription subscription) {
        handOver();
        members.remove(subscription);
        newcomers.remove(subscription);
        askers.remove(subscription);
        all = Recipients.of(members);
        asking = Recipients.of(askers);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Tells whether the broker has agreed to all filters. */
    boolean isEstablished() {
        return established;
    }

    /** Tells whether the broker has still to answer. */
    boolean isAsking() {
        return pendingAnswers > 0;
    }

    boolean hasNewcomers() {
        return !newcomers.isEmpty();
    }

    /**
     * Returns who gets a message that comes now: retained ones, which the broker sends whenever it is asked, are for those
     * only on whose behalf it was.
     */
    Recipients recipients(boolean retained) {
        return retained && expectsRetained && !askers.isEmpty() ? asking : all;
    }

    /** Returns the parcel that a message on this shelf belongs to; it is handed on by {@link #handOver}. */
    Parcel parcel(Recipients to, PayloadRoom.Shelf shelf) {
        Parcel current = parcel;
        if (current == null || !current.takes(shelf, to)) {
            handOver();
            current = new Parcel(shelf, to, expected);
            parcel = current;
        }
        return current;
    }

    boolean hasArrived() {
        return parcel != null;
    }

    /** Hands on what has arrived. */
    void handOver() {
        Parcel current = parcel;
        if (current != null) {
            parcel = null;
            expected = Math.max(current.size(), expected / 2);
            current.handOver();
        }
    }

    /** The broker is asked, in so many packets, for all members or for the newcomers; returns the number of the question. */
    int asked(int packets, boolean forAll) {
        askers.clear();
        askers.addAll(forAll ? members : newcomers);
        asking = Recipients.of(askers);
        newcomers.clear();
        pendingAnswers = packets;
        established = false;
        expectsRetained = true;
        questions++;
        return questions;
    }

    /** The broker has answered one of the packets; returns whether it has agreed to all by now. */
    boolean answered(@Nullable String refusal) {
        pendingAnswers--;
        if (refusal != null) {
            askers.forEach(member -> member.status(ConnectionStatus.DISCONNECTED, refusal));
            return false;
        }
        if (pendingAnswers > 0) {
            return false;
        }
        established = true;
        askers.forEach(member -> member.status(ConnectionStatus.CONNECTED, null));
        return true;
    }

    /** The retained messages that belong to a question must have come by now. */
    void forgetRetained(int question) {
        if (question == questions) {
            expectsRetained = false;
        }
    }

    /** The connection is lost, and with it what was asked. */
    void lost() {
        pendingAnswers = 0;
        expectsRetained = false;
    }

    void status(ConnectionStatus status, @Nullable String message) {
        members.forEach(member -> member.status(status, message));
    }
}
