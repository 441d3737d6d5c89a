@NullMarked
package io.varuna.sql.parser;

import org.jspecify.annotations.NullMarked;
