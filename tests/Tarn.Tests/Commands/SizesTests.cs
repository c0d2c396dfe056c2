using Tarn.Commands;

namespace Tarn.Tests.Commands;

public sealed class SizesTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(1_234_567, "1.2 MB")]
    [InlineData(999_949, "999.9 kB")]
    [InlineData(999_950, "1.0 MB")]
    [InlineData(999_999_999, "1.0 GB")]
    [InlineData(64L << 20, "67.1 MB")]
    [InlineData(5_000_000_000_000, "5.0 TB")]
    [InlineData(5_000_000_000_000_000, "5000.0 TB")]
    public void Bytes_OfAnySize_AreInDecimalUnits(long bytes, string text) => Assert.Equal(text, Sizes.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(1000, "1.0 s")]
    [InlineData(12_340, "12.3 s")]
    public void Duration_OfAnyLength_IsInMillisecondsOrSeconds(long milliseconds, string text) =>
        Assert.Equal(text, Sizes.Duration(milliseconds));
}
