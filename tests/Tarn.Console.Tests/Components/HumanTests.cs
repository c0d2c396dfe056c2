using System.Globalization;
using Tarn.Console.Components;

namespace Tarn.Console.Tests.Components;

public sealed class HumanTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1 kB")]
    [InlineData(1_234, "1.23 kB")]
    [InlineData(12_345_678, "12.3 MB")]
    [InlineData(999_999, "1 MB")]
    [InlineData(1_500_000_000_000, "1.5 TB")]
    public void Bytes_Size_HasThreeDigits(long bytes, string text) => Assert.Equal(text, Human.Bytes(bytes));

    [Theory]
    [InlineData(0.4, "400 ms")]
    [InlineData(3.21, "3.2 s")]
    [InlineData(90, "2 min")]
    [InlineData(7200, "2 h")]
    [InlineData(400_000, "5 d")]
    public void Duration_Seconds_HasOneUnit(double seconds, string text) =>
        Assert.Equal(text, Human.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.2, "just now")]
    [InlineData(3.9, "3 s ago")]
    [InlineData(-120, "in 2 min")]
    public void Ago_Age_TellsDirection(double seconds, string text) =>
        Assert.Equal(text, Human.Ago(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(seconds)));

    [Theory]
    [InlineData("0", "$0")]
    [InlineData("0.00005", "$0.00005")]
    [InlineData("1.5", "$1.50")]
    public void Dollars_Price_KeepsWhatSaysSomething(string price, string text) =>
        Assert.Equal(text, Human.Dollars(decimal.Parse(price, CultureInfo.InvariantCulture)));
}
