using Tarn.Storage.Objects.Checksums;

namespace Tarn.Storage.Tests.Objects.Checksums;

public sealed class CrcModelTests
{
    // Check values of the catalogue of CRCs, over the nine digits: https://reveng.sourceforge.io/crc-catalogue/
    public static TheoryData<string, ulong> CheckValues => new()
    {
        { nameof(CrcModel.Crc32), 0xCBF43926 },
        { nameof(CrcModel.Crc32C), 0xE3069283 },
        { nameof(CrcModel.Crc64Nvme), 0xAE8B14860A799888 },
    };

    [Theory]
    [MemberData(nameof(CheckValues))]
    public void Compute_NineDigits_IsTheCheckValue(string name, ulong expected) =>
        Assert.Equal(expected, Named(name).Compute("123456789"u8));

    [Theory]
    [MemberData(nameof(CheckValues))]
    public void Combine_AnySplit_IsTheCrcOfTheWhole(string name, ulong ofNineDigits)
    {
        var crc = Named(name);
        var random = new Random(5);
        Assert.Equal(ofNineDigits, crc.Combine(
            crc.Compute("1234"u8), crc.Compute("56789"u8), crc.Shift(5)));
        for (var round = 0; round < 50; round++)
        {
            var bytes = new byte[random.Next(0, 3000)];
            random.NextBytes(bytes);
            var split = random.Next(0, bytes.Length + 1);
            Assert.Equal(crc.Compute(bytes), crc.Combine(
                crc.Compute(bytes.AsSpan(0, split)), crc.Compute(bytes.AsSpan(split)),
                crc.Shift(bytes.Length - split)));
        }
    }

    [Theory]
    [MemberData(nameof(CheckValues))]
    public void Shift_Lengths_AddUp(string name, ulong _)
    {
        // Moving by a, then by b, is moving by a + b: holds for lengths that no test could write out.
        var crc = Named(name);
        const long A = 5L * 1024 * 1024 * 1024 + 3;
        const long B = 77_777_777_777;
        var value = crc.Compute("abc"u8);
        var stepwise = crc.Combine(crc.Combine(value, 0, crc.Shift(A)), 0, crc.Shift(B));
        Assert.Equal(stepwise, crc.Combine(value, 0, crc.Shift(A + B)));
        Assert.Equal(value, crc.Combine(value, 0, crc.Shift(0)));
    }

    private static CrcModel Named(string name) => name switch
    {
        nameof(CrcModel.Crc32) => CrcModel.Crc32,
        nameof(CrcModel.Crc32C) => CrcModel.Crc32C,
        _ => CrcModel.Crc64Nvme,
    };
}
