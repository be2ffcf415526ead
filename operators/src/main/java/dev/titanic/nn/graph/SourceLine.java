package dev.titanic.nn.graph;

import dev.titanic.nn.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A logical line of TorchScript source, in tokens; one with an open parenthesis goes on.
 *
 * @param place file and line, for messages
 * @param indentation in spaces
 */
record SourceLine(String place, int indentation, List<String> tokens) {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+|#.*)"
              + "|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)"
              + "|(?<name>[A-Za-z_]\\w*)"
              + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
              + "|(?<sign>->|==|!=|<=|>=|\\*\\*|//|\\S)");

  SourceLine {
    tokens = List.copyOf(tokens);
  }

  static List<SourceLine> of(String file, String source) {
    List<SourceLine> lines = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    int depth = 0;
    int first = 0;
    int indentation = 0;
    String[] physical = source.split("\n", -1);
    for (int number = 0; number < physical.length; number++) {
      String line = physical[number];
      if (depth == 0) {
        first = number + 1;
        indentation = line.length() - line.stripLeading().length();
      }
      List<String> more = tokens(file + ":" + (number + 1), line);
      tokens.addAll(more);
      for (String token : more) {
        depth += "([{".contains(token) ? 1 : ")]}".contains(token) ? -1 : 0;
      }
      if (depth == 0 && !tokens.isEmpty()) {
        lines.add(new SourceLine(file + ":" + first, indentation, tokens));
        tokens = new ArrayList<>();
      }
    }
    if (!tokens.isEmpty()) {
      throw new ModelException(file + ":" + first + ": is cut off: use a whole TorchScript file");
    }
    return lines;
  }

  private static List<String> tokens(String place, String line) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(line);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      if (matcher.group("space") == null) {
        tokens.add(matcher.group());
      }
    }
    if (end != line.length()) {
      throw new ModelException(place + ": cannot be read: use a whole TorchScript file");
    }
    return tokens;
  }

  String first() {
    return tokens.get(0);
  }
}
