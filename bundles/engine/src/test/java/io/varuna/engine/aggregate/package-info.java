@NullMarked
package io.varuna.engine.aggregate;

import org.jspecify.annotations.NullMarked;
