@NullMarked
package io.varuna.engine.rule;

import org.jspecify.annotations.NullMarked;
