package io.varuna.api.manage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The functions that statements can call now. Thread-safe. */
@ProviderType
public interface FunctionService {
    /** Returns the functions in the order of their names. */
    List<FunctionDescription> list();
}
