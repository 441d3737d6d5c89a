@NullMarked
package io.varuna.engine.expression;

import org.jspecify.annotations.NullMarked;
