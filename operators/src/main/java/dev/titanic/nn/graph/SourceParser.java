package dev.titanic.nn.graph;

import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.ScriptClass.Assignment;
import dev.titanic.nn.graph.ScriptClass.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the classes of one source file of an archive. */
final class SourceParser {
  private static final int CLASS_LEVEL = 0;
  private static final int MEMBER_LEVEL = 2;
  private static final int BODY_LEVEL = 4;

  private final List<SourceLine> lines;
  private int position;

  private SourceParser(List<SourceLine> lines) {
    this.lines = lines;
  }

  /** Returns the classes by their names within the file. */
  static Map<String, ScriptClass> parse(String file, String source) {
    return new SourceParser(SourceLine.of(file, source)).classes();
  }

  private Map<String, ScriptClass> classes() {
    Map<String, ScriptClass> classes = new HashMap<>();
    while (position < lines.size()) {
      ScriptClass parsed = nextClass();
      classes.put(parsed.name(), parsed);
    }
    return classes;
  }

  private ScriptClass nextClass() {
    SourceLine head = lines.get(position++);
    List<String> tokens = head.tokens();
    boolean isModule =
        head.indentation() == CLASS_LEVEL
            && tokens.size() == 6
            && head.first().equals("class")
            && tokens.get(3).equals("Module");
    if (!isModule) {
      throw Unsupported.at(head.place(), "'" + head.first() + "' that is no module");
    }
    List<String> parameters = new ArrayList<>();
    Map<String, Method> methods = new HashMap<>();
    while (position < lines.size() && lines.get(position).indentation() > CLASS_LEVEL) {
      SourceLine member = lines.get(position);
      if (member.first().equals("def")) {
        methods.put(member.tokens().get(1), method());
      } else {
        parameters.addAll(parameters(member));
        position++;
      }
    }
    return new ScriptClass(tokens.get(1), parameters, methods);
  }

  /** Other members only declare attributes. */
  private static List<String> parameters(SourceLine member) {
    if (!member.first().equals("__parameters__")) {
      return List.of();
    }
    return member.tokens().stream()
        .filter(token -> token.startsWith("\""))
        .map(SourceParser::unquoted)
        .toList();
  }

  static String unquoted(String literal) {
    return literal.substring(1, literal.length() - 1);
  }

  private Method method() {
    SourceLine head = lines.get(position++);
    if (head.indentation() != MEMBER_LEVEL) {
      throw Unsupported.at(head.place(), "a method in a method");
    }
    List<Assignment> assignments = new ArrayList<>();
    while (position < lines.size() && lines.get(position).indentation() > MEMBER_LEVEL) {
      SourceLine line = lines.get(position++);
      if (line.indentation() != BODY_LEVEL) {
        throw Unsupported.at(line.place(), "a nested block");
      }
      if (line.first().equals("return")) {
        Expression result = new ExpressionParser(line, 1).last();
        return new Method(head.place(), parameterNames(head), assignments, result);
      }
      assignments.add(assignment(line));
    }
    throw Unsupported.at(head.place(), "a method without a result");
  }

  /** Names before a colon, except for {@code self}. */
  private static List<String> parameterNames(SourceLine head) {
    List<String> tokens = head.tokens();
    List<String> names = new ArrayList<>();
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      depth += "([".contains(token) ? 1 : ")]".contains(token) ? -1 : 0;
      if (depth == 1 && token.equals(":")) {
        names.add(tokens.get(i - 1));
      }
    }
    if (names.isEmpty() || !names.get(0).equals("self")) {
      throw new ModelException(
          head.place() + ": has no self: use a file that torch.jit.save wrote");
    }
    return names.subList(1, names.size());
  }

  private static Assignment assignment(SourceLine line) {
    List<String> tokens = line.tokens();
    List<String> targets = new ArrayList<>();
    int i = 0;
    while (i + 1 < tokens.size() && tokens.get(i + 1).equals(",")) {
      targets.add(tokens.get(i));
      i += 2;
    }
    if (i + 1 < tokens.size() && tokens.get(i + 1).equals("=") && !tokens.get(i).equals("=")) {
      targets.add(tokens.get(i));
      i++;
    }
    if (targets.isEmpty() || i >= tokens.size() || !tokens.get(i).equals("=")) {
      throw Unsupported.at(line.place(), "'" + line.first() + "'");
    }
    return new Assignment(line.place(), targets, new ExpressionParser(line, i + 1).last());
  }
}
