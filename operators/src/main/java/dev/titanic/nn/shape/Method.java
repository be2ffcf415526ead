package dev.titanic.nn.shape;

import java.util.List;

/**
 * A method of a program.
 *
 * @param parameters without {@code self}
 */
record Method(String name, List<String> parameters, List<Statement> body) {}
