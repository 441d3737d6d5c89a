@NullMarked
package io.varuna.sql;

import org.jspecify.annotations.NullMarked;
