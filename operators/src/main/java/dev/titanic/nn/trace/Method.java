package dev.titanic.nn.trace;

import java.util.List;

/**
 * A method of a program.
 *
 * @param parameters without {@code self}
 */
record Method(String name, List<String> parameters, List<Statement> body) {}
