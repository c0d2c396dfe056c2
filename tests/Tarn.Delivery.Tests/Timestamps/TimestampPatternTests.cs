using System.Globalization;
using Tarn.Delivery.Timestamps;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Timestamps;

public sealed class TimestampPatternTests
{
    /// <summary>
    /// pattern, moment, zone, and what DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH) of Java 17 printed.
    /// </summary>
    [Fact]
    public void Format_AllLettersAndCounts_AreWhatJavaPrints()
    {
        var rows = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "testdata", "java17-timestamps.tsv"));
        var differences = new List<string>();
        foreach (var row in rows)
        {
            var cells = row.Split('\t');
            var moment = DateTimeOffset.Parse(cells[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var time = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(cells[2]));
            var text = Parse(cells[0]).Format(time);
            if (text != cells[3])
            {
                differences.Add($"{row} -> {text}");
            }
        }

        Assert.Equal(602, rows.Length);
        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("yyyy/VV", 5, ErrorKind.Unsupported)]
    [InlineData("z", 0, ErrorKind.Unsupported)]
    [InlineData("HHF", 2, ErrorKind.Unsupported)]
    [InlineData("HH[mm]", 2, ErrorKind.Unsupported)]
    [InlineData("ppH", 0, ErrorKind.Unsupported)]
    [InlineData("yyyy b", 5, ErrorKind.Invalid)]
    [InlineData("ddd", 0, ErrorKind.Invalid)]
    [InlineData("cc", 0, ErrorKind.Invalid)]
    [InlineData("aa", 0, ErrorKind.Invalid)]
    [InlineData("OO", 0, ErrorKind.Invalid)]
    [InlineData("SSSSSSSSSS", 0, ErrorKind.Invalid)]
    [InlineData("MMMMMM", 0, ErrorKind.Invalid)]
    [InlineData("yyyy#", 4, ErrorKind.Invalid)]
    [InlineData("yyyy'x", 4, ErrorKind.Invalid)]
    [InlineData("", 0, ErrorKind.Invalid)]
    public void TryParse_NotAPattern_SaysWhere(string text, int position, ErrorKind kind)
    {
        Assert.False(TimestampPattern.TryParse(text, out _, out var fault));
        Assert.Equal((position, kind), (fault!.Position, fault.Kind));
    }

    private static TimestampPattern Parse(string text)
    {
        Assert.True(TimestampPattern.TryParse(text, out var pattern, out var fault), $"{text}: {fault}");
        return pattern!;
    }
}
