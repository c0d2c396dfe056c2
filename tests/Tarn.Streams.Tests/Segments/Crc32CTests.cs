using System.Text;
using Tarn.Streams.Segments;

namespace Tarn.Streams.Tests.Segments;

public sealed class Crc32CTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xe3069283u)]
    public void Of_KnownText_IsTheCastagnoliChecksum(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Of_32Zeros_IsTheValueOfRfc3720() => Assert.Equal(0x8a9136aau, Crc32C.Of(new byte[32]));

    [Fact]
    public void Of_SeededWithTheFirstPart_IsThatOfTheWhole()
    {
        var bytes = Encoding.ASCII.GetBytes("the quick brown fox");

        Assert.Equal(Crc32C.Of(bytes), Crc32C.Of(bytes.AsSpan(7), Crc32C.Of(bytes.AsSpan(0, 7))));
    }
}
