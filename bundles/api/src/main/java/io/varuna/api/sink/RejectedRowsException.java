package io.varuna.api.sink;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says that some rows of a batch were refused for good while the others were written. The engine counts the refused ones
 * and sends them, with the cause, to the rule's dead-letter action.
 */
public final class RejectedRowsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, Exception> causes;

    /** Creates the exception from the positions of the refused rows in the batch, with why. */
    public RejectedRowsException(Map<Integer, Exception> causes) {
        super(
                causes.size()
                        + (causes.size() == 1 ? " row was refused: " : " rows were refused, the first: ")
                        + causes.values().iterator().next().getMessage(),
                causes.values().iterator().next());
        this.causes = new LinkedHashMap<>(causes);
    }

    /** Returns why each refused row was refused, by its position in the batch. */
    public Map<Integer, Exception> causes() {
        return causes;
    }
}
