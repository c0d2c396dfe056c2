using Tarn.Primitives.Identity;

namespace Tarn.Primitives.Tests.Identity;

public sealed class SequenceNumberTests
{
    [Theory]
    [InlineData("0", 0ul)]
    [InlineData("1763878000000", 1763878000000ul)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void TryParse_WireForm_GivesTheNumberBack(string text, ulong value)
    {
        Assert.True(SequenceNumber.TryParse(text, out var number));
        Assert.Equal(value, number.Value);
        Assert.Equal(text, number.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("18446744073709551616")]
    [InlineData("49590338271490256608559692538361571095921575989136588898")]
    public void TryParse_AnythingElse_IsFalse(string? text) => Assert.False(SequenceNumber.TryParse(text, out _));

    [Fact]
    public void Comparison_IsByNumber_NotByText()
    {
        var (nine, ten) = (new SequenceNumber(9), new SequenceNumber(10));

        Assert.True(nine < ten && ten > nine && nine <= ten && ten >= nine);
        Assert.False(ten < nine || nine > ten || ten <= nine || nine >= ten);
        Assert.Equal([nine, ten], new[] { ten, nine }.Order());
        Assert.Equal(ten, new SequenceNumber(10));
    }

    [Fact]
    public void Next_OfANumber_IsOneMore() => Assert.Equal(new SequenceNumber(42), new SequenceNumber(41).Next);

    [Fact]
    public void Zero_IsBeforeEveryRecord() => Assert.True(SequenceNumber.Zero < new SequenceNumber(1));
}
