package dev.titanic.data;

/** What a record holds, or why it cannot be used. Prints kind and size, never content. */
sealed interface Document {

  /** A text that the tokenizer has still to encode; never empty. */
  record Text(String text) implements Document {
    @Override
    public String toString() {
      return "text of " + text.length() + " characters";
    }
  }

  /** Token ids of the model; never empty. */
  final class Tokens implements Document {
    private final int[] ids;

    /**
     * @param ids shared, not copied
     */
    Tokens(int[] ids) {
      this.ids = ids;
    }

    int[] ids() {
      return ids;
    }

    @Override
    public String toString() {
      return ids.length + " tokens";
    }
  }

  /**
   * No document.
   *
   * @param reason one line without content
   */
  record Unusable(String reason) implements Document {}
}
