@NullMarked
package io.varuna.engine.vector;

import org.jspecify.annotations.NullMarked;
