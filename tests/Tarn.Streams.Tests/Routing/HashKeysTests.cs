using System.Globalization;
using System.Security.Cryptography;
using Tarn.Streams.Records;
using Tarn.Streams.Routing;

namespace Tarn.Streams.Tests.Routing;

public sealed class HashKeysTests
{
    [Theory]
    [InlineData("", "D41D8CD98F00B204E9800998ECF8427E")]
    [InlineData("abc", "900150983CD24FB0D6963F7D28E17F72")]
    [InlineData("message digest", "F96B697D7CB7938D525A2F31AAF161D0")]
    public void Of_TextOfRfc1321_IsItsDigestAsABigEndianNumber(string key, string digest)
    {
        var hashKeys = new UInt128[1];
        HashKeys.Of([Lake.Entry("", key)], hashKeys);

        var expected = UInt128.Parse(digest, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.Equal((expected, expected), (hashKeys[0], HashKeys.Of(System.Text.Encoding.ASCII.GetBytes(key))));
    }

    [Fact]
    public void Of_ManyRandomKeysOfEveryLength_AreThoseOfTheLibrary()
    {
        var random = new Random(1321);
        for (var count = 0; count < 200; count++)
        {
            var entries = new StreamEntry[count];
            for (var i = 0; i < count; i++)
            {
                var key = new byte[random.Next(0, 70)];
                random.NextBytes(key);
                entries[i] = new StreamEntry(key, default, random.Next(9) == 0 ? (UInt128)i : null);
            }

            var hashKeys = new UInt128[count];
            HashKeys.Of(entries, hashKeys);

            Assert.Equal(
                entries.Select(entry => entry.ExplicitHashKey ?? Library(entry.PartitionKey.ToArray())), hashKeys);
        }
    }

#pragma warning disable CA5351 // Kinesis routes by MD5; nothing is protected by it
    private static UInt128 Library(byte[] key) =>
        UInt128.Parse(Convert.ToHexString(MD5.HashData(key)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
#pragma warning restore CA5351
}
