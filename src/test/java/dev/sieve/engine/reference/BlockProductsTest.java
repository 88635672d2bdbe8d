package dev.sieve.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockProductsTest {
  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "2,1,3",
    "7,5,2",
    "17,64,10",
    "64,63,65",
    "100,65,50",
    "3,207,10",
    "103,130,129"
  })
  void productsAreThoseOfPlainMatrices(int n, int d, int m) {
    BlockProducts product = new BlockProducts();
    // A larger shape before: reshaping must leave nothing of it.
    multiply(product, n + 3, d + 2, m + 5);
    multiply(product, n, d, m);
  }

  private static void multiply(BlockProducts product, int n, int d, int m) {
    Random random = new Random(n * 31L + d * 7L + m);
    DMatrixRMaj x = RandomMatrices_DDRM.rectangle(n, d, -1, 1, random);
    DMatrixRMaj w = RandomMatrices_DDRM.rectangle(d, m, -1, 1, random);
    DMatrixRMaj g = RandomMatrices_DDRM.rectangle(n, m, -1, 1, random);
    DMatrixRMaj out = new DMatrixRMaj(0, 0);

    product.forward(x, w, out);
    assertClose(out, CommonOps_DDRM.mult(x, w, null));
    product.weightGradient(g, out);
    assertClose(out, CommonOps_DDRM.multTransA(x, g, null));
    product.inputGradient(out);
    assertClose(out, CommonOps_DDRM.multTransB(g, w, null));
  }

  private static void assertClose(DMatrixRMaj actual, DMatrixRMaj expected) {
    assertThat(actual.numRows).isEqualTo(expected.numRows);
    assertThat(actual.numCols).isEqualTo(expected.numCols);
    for (int i = 0; i < expected.getNumElements(); i++) {
      assertThat(actual.data[i]).isCloseTo(expected.data[i], within(1e-13));
    }
  }
}
