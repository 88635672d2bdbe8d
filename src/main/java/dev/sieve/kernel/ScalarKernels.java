package dev.sieve.kernel;

/** The kernels in plain Java: the meaning of each in its shortest form, and the fall-back. */
final class ScalarKernels implements KernelProvider {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public void product(
      float[] x,
      int xAt,
      int xStride,
      int k,
      float[] w,
      int wAt,
      int width,
      float[] s,
      int sAt,
      int sStride,
      int n) {
    for (int i = 0; i < n; i++) {
      for (int kk = 0; kk < k; kk++) {
        float value = x[Blocks.column(xAt, xStride, kk) + 16 * i];
        for (int block = 0; block < width; block += 16) {
          int to = sAt + block / 16 * sStride + 16 * i;
          int from = wAt + kk * width + block;
          for (int lane = 0; lane < 16; lane++) {
            s[to + lane] = Math.fma(value, w[from + lane], s[to + lane]);
          }
        }
      }
    }
  }

  @Override
  public void gradient(
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      int gStride,
      int n,
      float[] dw,
      int dwAt,
      int width,
      int rows) {
    for (int k = 0; k < rows; k++) {
      for (int j = 0; j < width; j++) {
        int from = Blocks.column(gAt, gStride, j);
        float d = 0;
        for (int i = 0; i < n; i++) {
          d = Math.fma(x[xAt + 16 * i + k], g[from + 16 * i], d);
        }
        dw[dwAt + k * width + j] = d;
      }
    }
  }

  @Override
  public void fill(float[] r, int rAt, float[] s, int sAt, int n) {
    for (int i = 0; i < n; i++) {
      System.arraycopy(r, rAt, s, sAt + 16 * i, 16);
    }
  }

  @Override
  public void sums(float[] g, int gAt, int n, float[] r, int rAt) {
    for (int lane = 0; lane < 16; lane++) {
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += g[gAt + 16 * i + lane];
      }
      r[rAt + lane] = sum;
    }
  }

  @Override
  public void moments(float[] s, int sAt, int n, float[] mean, float[] variance, int column) {
    sums(s, sAt, n, mean, column);
    for (int lane = 0; lane < 16; lane++) {
      float center = mean[column + lane] / n;
      float sum = 0;
      for (int i = 0; i < n; i++) {
        float difference = s[sAt + 16 * i + lane] - center;
        sum = Math.fma(difference, difference, sum);
      }
      mean[column + lane] = center;
      variance[column + lane] = sum / n;
    }
  }

  @Override
  public void relu(float[] s, int sAt, float[] a, int aAt, int n) {
    for (int i = 0; i < 16 * n; i++) {
      a[aAt + i] = positive(s[sAt + i]);
    }
  }

  private static float positive(float s) {
    return s <= 0 ? 0 : s;
  }

  @Override
  public void reluGradient(float[] a, int aAt, float[] d, int dAt, float[] g, int gAt, int n) {
    for (int i = 0; i < 16 * n; i++) {
      g[gAt + i] = a[aAt + i] == 0 ? 0 : d[dAt + i];
    }
  }

  @Override
  public void normaliseRelu(
      float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column) {
    for (int i = 0; i < 16 * n; i++) {
      int j = column + i % 16;
      float normalised = (s[sAt + i] - norm.mean()[j]) * norm.inverse()[j];
      s[sAt + i] = normalised;
      a[aAt + i] = positive(Math.fma(norm.gamma()[j], normalised, norm.beta()[j]));
    }
  }

  @Override
  public void normalise(
      float[] s, int sAt, float[] a, int aAt, int n, BatchNormColumns norm, int column) {
    for (int i = 0; i < 16 * n; i++) {
      int j = column + i % 16;
      float normalised = (s[sAt + i] - norm.mean()[j]) * norm.inverse()[j];
      a[aAt + i] = Math.fma(norm.gamma()[j], normalised, norm.beta()[j]);
    }
  }

  @Override
  public void normaliseReluGradient(
      float[] s,
      int sAt,
      float[] a,
      int aAt,
      float[] d,
      int dAt,
      float[] g,
      int gAt,
      int n,
      BatchNormColumns norm,
      int column) {
    reluGradient(a, aAt, d, dAt, g, gAt, n);
    for (int lane = 0; lane < 16; lane++) {
      int j = column + lane;
      float sum = 0;
      float dot = 0;
      for (int i = lane; i < 16 * n; i += 16) {
        sum += g[gAt + i];
        dot = Math.fma(g[gAt + i], s[sAt + i], dot);
      }
      norm.betaGradient()[j] = sum;
      norm.gammaGradient()[j] = dot;
      float throughMean = sum / n;
      float throughVariance = dot / n;
      float factor = norm.gamma()[j] * norm.inverse()[j];
      for (int i = lane; i < 16 * n; i += 16) {
        float centered = g[gAt + i] - throughMean;
        g[gAt + i] = Math.fma(-s[sAt + i], throughVariance, centered) * factor;
      }
    }
  }

  @Override
  public void reluNormaliseGradient(
      float[] s,
      int sAt,
      float[] d,
      int dAt,
      float[] g,
      int gAt,
      int n,
      BatchNormColumns norm,
      int column) {
    for (int lane = 0; lane < 16; lane++) {
      int j = column + lane;
      float mean = norm.mean()[j];
      float inverse = norm.inverse()[j];
      float sum = 0;
      float dot = 0;
      for (int i = lane; i < 16 * n; i += 16) {
        sum += d[dAt + i];
        dot = Math.fma(d[dAt + i], (s[sAt + i] - mean) * inverse, dot);
      }
      norm.betaGradient()[j] = sum;
      norm.gammaGradient()[j] = dot;
      float throughMean = sum / n;
      float throughVariance = dot / n;
      float factor = norm.gamma()[j] * inverse;
      for (int i = lane; i < 16 * n; i += 16) {
        float normalised = (s[sAt + i] - mean) * inverse;
        float centered = d[dAt + i] - throughMean;
        float value = Math.fma(-normalised, throughVariance, centered) * factor;
        g[gAt + i] = s[sAt + i] == 0 ? 0 : value;
      }
    }
  }

  @Override
  public void softmax(
      float[] s,
      int sAt,
      int sStride,
      int n,
      int classes,
      int[] labels,
      float[] loss,
      int[] predicted) {
    float[] lanes = new float[16];
    for (int i = 0; i < n; i++) {
      int row = sAt + 16 * i;
      float largest = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        largest = Math.max(largest, s[Blocks.column(row, sStride, c)]);
      }
      predicted[i] = 0;
      for (int c = classes - 1; c >= 0; c--) {
        predicted[i] = s[Blocks.column(row, sStride, c)] == largest ? c : predicted[i];
      }
      int labelAt = Blocks.column(row, sStride, labels[i]);
      float labelScore = s[labelAt] - largest;
      java.util.Arrays.fill(lanes, 0);
      for (int c = 0; c < classes; c++) {
        int at = Blocks.column(row, sStride, c);
        s[at] = FloatMath.exp(s[at] - largest);
        lanes[c % 16] += s[at];
      }
      float sum = fold(lanes);
      loss[i] = FloatMath.log(sum) - labelScore;
      for (int c = 0; c < classes; c++) {
        s[Blocks.column(row, sStride, c)] /= sum;
      }
      s[labelAt] -= 1f;
      for (int c = 0; c < classes; c++) {
        s[Blocks.column(row, sStride, c)] /= n;
      }
    }
  }

  /** The fixed tree of a sum along a row. */
  private static float fold(float[] lanes) {
    for (int half = 8; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  @Override
  public void decode(
      byte[] pixels,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < mean.length; j++) {
        float pixel = pixels[from[i] + j] & 0xff;
        x[Blocks.column(xAt, xStride, j) + 16 * i] = (pixel - mean[j]) * scale[j];
      }
    }
  }

  @Override
  public void decode(
      float[] values,
      int[] from,
      int n,
      float[] mean,
      float[] scale,
      float[] x,
      int xAt,
      int xStride) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < mean.length; j++) {
        x[Blocks.column(xAt, xStride, j) + 16 * i] = (values[from[i] + j] - mean[j]) * scale[j];
      }
    }
  }

  @Override
  public void squares(float[] w, int wAt, int k, int width, float[] r, int rAt) {
    for (int kk = 0; kk < k; kk++) {
      for (int j = 0; j < width; j++) {
        float value = w[wAt + kk * width + j];
        r[rAt + j] = Math.fma(value, value, r[rAt + j]);
      }
    }
  }

  @Override
  public void shift(
      float[] from, int fromAt, int shift, float[] to, int toAt, int low, int high, int n) {
    for (int i = 0; i < n; i++) {
      System.arraycopy(from, fromAt + 16 * i + low + shift, to, toAt + 16 * i + low, high - low);
    }
  }

  @Override
  public void transpose(float[] w, int wAt, int wStride, float[] t, int tAt, int tStride) {
    for (int j = 0; j < 16; j++) {
      for (int k = 0; k < 16; k++) {
        t[tAt + j * tStride + k] = w[wAt + k * wStride + j];
      }
    }
  }

  @Override
  public void sgd(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column) {
    for (int i = 0; i < rows * width; i++) {
      int j = column + i % width;
      float old = w[wAt + i];
      w[wAt + i] = Math.fma(Math.fma(penalty[j], old, g[gAt + i]), -rate[j], old);
    }
  }

  @Override
  public void momentum(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      float[] v,
      int vAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column,
      float m) {
    for (int i = 0; i < rows * width; i++) {
      int j = column + i % width;
      float old = w[wAt + i];
      float gradient = Math.fma(penalty[j], old, g[gAt + i]);
      v[vAt + i] = Math.fma(gradient, rate[j], m * v[vAt + i]);
      w[wAt + i] = old - v[vAt + i];
    }
  }

  @Override
  public void adam(
      float[] g,
      int gAt,
      float[] w,
      int wAt,
      float[] first,
      int firstAt,
      float[] second,
      int secondAt,
      int rows,
      int width,
      float[] rate,
      float[] penalty,
      int column,
      AdamStep step) {
    for (int i = 0; i < rows * width; i++) {
      int j = column + i % width;
      float gradient = Math.fma(penalty[j], w[wAt + i], g[gAt + i]);
      float mean = Math.fma(gradient, step.rest1(), step.beta1() * first[firstAt + i]);
      float square =
          Math.fma(gradient * gradient, step.rest2(), step.beta2() * second[secondAt + i]);
      first[firstAt + i] = mean;
      second[secondAt + i] = square;
      float root = (float) Math.sqrt(square * step.correction2()) + step.epsilon();
      w[wAt + i] -= rate[j] * mean / root;
    }
  }

  @Override
  public double multiplyAdds(int rounds) {
    float[] chains = new float[64];
    for (int i = 0; i < rounds / 8; i++) {
      for (int lane = 0; lane < chains.length; lane++) {
        chains[lane] = Math.fma(1.0000001f, 0.9999f, chains[lane]);
      }
    }
    return fold(chains) > 0 ? 2.0 * (rounds / 8) * chains.length : 0;
  }
}
