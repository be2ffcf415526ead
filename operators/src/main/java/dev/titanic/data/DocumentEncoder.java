package dev.titanic.data;

import org.jspecify.annotations.Nullable;

/** From a Kafka value to the model's tokens. Owns the tokenizer that it is given. */
public final class DocumentEncoder implements AutoCloseable {
  private final DocumentParser parser;
  private final @Nullable Tokenizer tokenizer;

  /**
   * @param vocabularySize {@code vocab_size} of the model
   * @param tokenizer null when the model has none: texts are then unusable, token ids are not
   * @throws DataException when the tokenizer does not fit the model's vocabulary
   */
  public DocumentEncoder(int vocabularySize, @Nullable Tokenizer tokenizer) {
    if (tokenizer != null) {
      tokenizer.requireFits(vocabularySize);
    }
    this.parser = new DocumentParser(vocabularySize);
    this.tokenizer = tokenizer;
  }

  /** Returns {@link Document.Tokens} or {@link Document.Unusable}. */
  Document encode(byte @Nullable [] value) {
    Document document = parser.parse(value);
    return document instanceof Document.Text text ? encode(text) : document;
  }

  private Document encode(Document.Text text) {
    if (tokenizer == null) {
      return new Document.Unusable("a text, but the model has no tokenizer.json");
    }
    int[] ids;
    try {
      ids = tokenizer.encode(text.text());
    } catch (DataException e) {
      return new Document.Unusable(String.valueOf(e.getMessage()));
    }
    return ids.length == 0
        ? new Document.Unusable("a text without a token")
        : new Document.Tokens(ids);
  }

  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
