package dev.titanic.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentParserTest {
  private final DocumentParser parser = new DocumentParser(512);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "once upon a time",
        "{ return x; }",
        "{{Infobox ship}}",
        "{",
        "[1, 2]",
        "\"quoted\"",
        " \n",
        "\0",
        "a {\"text\": 1}"
      })
  void whatDoesNotBeginLikeAnObjectIsPlainText(String text) {
    assertThat(parse(text)).isEqualTo(new Document.Text(text));
  }

  @Test
  void readsTheTextField() {
    assertThat(parse(" {\n\t\"text\": \"\\\"a\\u20ac\\ud83d\\udea2\"} "))
        .isEqualTo(new Document.Text("\"a€\uD83D\uDEA2"));
  }

  @Test
  void readsTokenIds() {
    assertThat(parse("{\"tokens\": [0, 17, 511]}"))
        .isInstanceOfSatisfying(
            Document.Tokens.class, tokens -> assertThat(tokens.ids()).containsExactly(0, 17, 511));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": \"cut of",
        "{\"text\": \"a\"} {\"text\": \"b\"}",
        "{\"text\": \"a\", \"text\": \"b\"}",
        "{ \"te",
        "{\"tokens\": [1, 2"
      })
  void whatBeginsLikeAnObjectMustBeJson(String value) {
    assertThat(reason(parse(value))).startsWith("begins like JSON but is not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": 5}",
        "{\"text\": null}",
        "{\"tokens\": \"a\"}",
        "{\"text\": \"a\", \"id\": 1}",
        "{\"text\": \"a\", \"tokens\": [1]}",
        "{\"body\": \"a\"}"
      })
  void anObjectMustHaveExactlyOneOfTheFields(String value) {
    assertThat(reason(parse(value))).startsWith("a JSON object that is no document");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 512]| token 1 is out of range; valid is 0 to 511",
        "[-1]| token 0 is out of range; valid is 0 to 511",
        "[99999999999999999999]| token 0 is out of range; valid is 0 to 511",
        "[1.0]| token 0 is not an integer",
        "[1, 2, \"3\"]| token 2 is not an integer",
        "[1, null]| token 1 is not an integer"
      })
  void tokenIdsMustBeOfTheModel(String array, String reason) {
    assertThat(reason(parse("{\"tokens\": " + array + "}"))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"text\": \"\"}", "{\"tokens\": []}"})
  void anEmptyDocumentIsNone(String value) {
    assertThat(reason(parse(value))).isEqualTo("an empty document");
  }

  @Test
  void aRecordWithoutAValueIsNone() {
    assertThat(reason(parser.parse(null))).isEqualTo("an empty document");
  }

  @Test
  void bytesThatAreNotUtf8AreNone() {
    byte[] overlong = {'a', (byte) 0xC0, (byte) 0xAF};
    byte[] cut = {'a', (byte) 0xE2, (byte) 0x82};
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

    for (byte[] value : new byte[][] {overlong, cut, surrogate}) {
      assertThat(reason(parser.parse(value))).isEqualTo("not UTF-8");
    }
  }

  @Test
  void halfASurrogatePairIsNone() {
    assertThat(reason(parse("{\"text\": \"\\ud83d\"}")))
        .isEqualTo("a text with an unpaired surrogate");
  }

  @Test
  void nothingThatIsPrintedHoldsContent() {
    assertThat(parse("xylophone").toString()).isEqualTo("text of 9 characters");
    assertThat(parse("{\"tokens\": [417, 433]}").toString()).isEqualTo("2 tokens");
    for (String value :
        new String[] {
          "{\"xylophone\": 1}",
          "{\"xylophone",
          "{\"tokens\": [\"xylophone\"]}",
          "{\"tokens\": [4170]}"
        }) {
      assertThat(parse(value).toString()).doesNotContain("xylophone").doesNotContain("4170");
    }
    assertThat(new TopicRecord(1, 2, "xylophone".getBytes(UTF_8)).toString())
        .isEqualTo("Kafka partition 1, offset 2, 9 bytes");
  }

  private Document parse(String value) {
    return parser.parse(value.getBytes(UTF_8));
  }

  private static String reason(Document document) {
    assertThat(document).isInstanceOf(Document.Unusable.class);
    return ((Document.Unusable) document).reason();
  }
}
