package dev.titanic.nn.graph;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.nn.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnpicklerTest {

  private static Object read(String pickle) {
    Object value = Unpickler.read("data.pkl", "data", pickle.getBytes(ISO_8859_1));
    return value == null ? "null" : value;
  }

  @Test
  void readsNumbersTextsAndContainers() {
    assertThat(read("\u0080\2(K\u00ffM\u0001\u0002J\u00ff\u00ff\u00ff\u00ff\u0088X\2\0\0\0abt."))
        .isEqualTo(List.of(255L, 513L, -1L, true, "ab"));
    assertThat(read("\u0080\2\u008a\2\u0000\u0080.")).isEqualTo(-32768L);
    assertThat(read("\u0080\2\u008a\u0000.")).isEqualTo(0L);
    assertThat(read("\u0080\2G?\u00f8\0\0\0\0\0\0.")).isEqualTo(1.5);
  }

  @Test
  void readsModulesAndTensors() {
    Object module =
        read(
            "\u0080\2c__torch__.a\nM\n)\u0081}(X\1\0\0\0wctorch._utils\n_rebuild_tensor_v2\n"
                + "((X\7\0\0\0storagectorch\nHalfStorage\nX\1\0\0\0003X\3\0\0\0cpuK\6tQ"
                + "K\2(K\2K\2t(K\1K\2t\u0088ccollections\nOrderedDict\n)RtRub.");
    assertThat(module).isInstanceOf(ScriptModule.class);
    assertThat(((ScriptModule) module).className()).isEqualTo("__torch__.a.M");
    assertThat(((ScriptModule) module).attributes().get("w"))
        .isEqualTo(
            new ArchivedTensor(
                "data/3", ElementKind.FLOAT16, 2, List.of(2L, 2L), List.of(1L, 2L), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080\2cos\nsystem\n(X\2\0\0\0lst" + "R.",
        "\u0080\2cbuiltins\nobject\n)\u0081.",
        "\u0080\4N.",
        "\u0080\2P1\n.",
        "\u0080\2(K\1",
        "\u0080\2K\1b.",
        "\u0080\2.",
        "\u0080\2X\u00ff\u00ff\u00ff\u007fa."
      })
  void refusesEverythingElseInOneLine(String pickle) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("data.pkl: ")
        .hasMessageEndingWith(": use a file that torch.jit.save wrote for a traced model");
  }
}
