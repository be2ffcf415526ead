package dev.titanic.nn.shape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a program, in which indentation has become tokens of its own. */
final class Tokens {
  static final String NEWLINE = "\n";
  static final String INDENT = "<indent>";
  static final String DEDENT = "<dedent>";
  static final String END = "<end>";

  private static final Pattern TOKEN =
      Pattern.compile(
          "[A-Za-z_][A-Za-z_0-9.]*|[0-9]+\\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\"[^\"]*\"|->|[-()\\[\\],:=]");

  private final List<String> tokens;
  private int next;

  private Tokens(List<String> tokens) {
    this.tokens = tokens;
  }

  static Tokens of(String source) {
    List<String> tokens = new ArrayList<>();
    Deque<Integer> indentations = new ArrayDeque<>(List.of(0));
    int open = 0;
    for (String line : source.lines().filter(line -> !line.isBlank()).toList()) {
      if (open == 0) {
        indent(line.length() - line.stripLeading().length(), indentations, tokens);
      }
      for (String token : split(line)) {
        tokens.add(token);
        open += "([".contains(token) ? 1 : ")]".contains(token) ? -1 : 0;
      }
      if (open == 0) {
        tokens.add(NEWLINE);
      }
    }
    indent(0, indentations, tokens);
    tokens.add(END);
    return new Tokens(tokens);
  }

  private static void indent(int width, Deque<Integer> indentations, List<String> tokens) {
    if (width > indentations.element()) {
      indentations.push(width);
      tokens.add(INDENT);
    }
    while (width < indentations.element()) {
      indentations.pop();
      tokens.add(DEDENT);
    }
  }

  private static List<String> split(String line) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(line);
    int end = 0;
    while (matcher.find()) {
      requireBlank(line, end, matcher.start());
      tokens.add(matcher.group());
      end = matcher.end();
    }
    requireBlank(line, end, line.length());
    return tokens;
  }

  private static void requireBlank(String line, int from, int to) {
    if (!line.substring(from, to).isBlank()) {
      throw new IllegalArgumentException("cannot read: " + line.strip());
    }
  }

  String peek() {
    return tokens.get(next);
  }

  boolean isNext(String token) {
    return peek().equals(token);
  }

  String take() {
    return tokens.get(next++);
  }

  /** Takes a token if it is next. */
  boolean skip(String token) {
    if (!isNext(token)) {
      return false;
    }
    next++;
    return true;
  }

  void expect(String token) {
    if (!skip(token)) {
      throw new IllegalArgumentException("'%s' instead of '%s'".formatted(peek(), token));
    }
  }
}
