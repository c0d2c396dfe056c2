using Tarn.ContinuousQueries.Statements;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Intervals mean what DuckDB makes of them.</summary>
public sealed class IntervalTextTests
{
    [Fact]
    public async Task Take_Spellings_EqualDuckDb()
    {
        string[] spellings =
        [
            "INTERVAL '5 seconds'", "INTERVAL 5 SECONDS", "INTERVAL '5' SECOND", "INTERVAL (5) second",
            "interval '1 hour 30 minutes'", "INTERVAL '1h30m'", "INTERVAL '00:00:05'", "INTERVAL '10:30'",
            "INTERVAL '00:00:05.25'", "INTERVAL '2 days 10:00:00'", "INTERVAL '1.5 hours'", "INTERVAL 90 MINUTES",
            "INTERVAL '250 ms'", "INTERVAL '7 microseconds'", "INTERVAL 3 WEEKS", "INTERVAL '1 day'",
            "INTERVAL '-5 seconds'", "INTERVAL '12 hrs 3 mins 4 secs 5 msecs 6 us'", "INTERVAL '1 w'",
            "INTERVAL '0 seconds'", "INTERVAL '5s'",
        ];
        await using var lake = await Lake.OpenAsync();
        using var duckDb = lake.OpenDuckDb("intervals");
        using var session = duckDb.OpenSession();
        foreach (var spelling in spellings)
        {
            var rows = await TextRows.ReadAsync(
                session, $"SELECT epoch_us(TIMESTAMP '2026-01-01' + {spelling}) - epoch_us(TIMESTAMP '2026-01-01')");
            Assert.Equal((spelling, rows[0]), (spelling, $"{IntervalText.Take(new TokenReader(spelling))}"));
        }
    }

    [Theory]
    [InlineData("INTERVAL '1 month'", "line 1:10: '1 month' is not an interval of fixed length")]
    [InlineData("INTERVAL 2 YEARS", "line 1:10: '2 YEARS' is not an interval of fixed length")]
    [InlineData("INTERVAL 'soon'", "line 1:10: 'soon' is not an interval of fixed length")]
    [InlineData("INTERVAL '5'", "line 1:10: '5' is not an interval of fixed length")]
    [InlineData("INTERVAL ''", "line 1:10: '' is not an interval of fixed length")]
    [InlineData("INTERVAL '1:99'", "line 1:10: '1:99' is not an interval of fixed length")]
    public void Take_NotFixed_RefusedWithPlaceAndHint(string text, string message)
    {
        var refusal = Assert.Throws<TarnException>(() => IntervalText.Take(new TokenReader(text)));
        Assert.Equal(message, refusal.Message);
        Assert.NotNull(refusal.Hint);
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 microsecond")]
    [InlineData(1_500, "1500 microseconds")]
    [InlineData(60_000_000, "1 minute")]
    [InlineData(90_000_000, "90 seconds")]
    [InlineData(86_400_000_000, "1 day")]
    [InlineData(1_209_600_000_000, "2 weeks")]
    public void Print_Micros_ReadAgainAsTheSame(long micros, string text)
    {
        Assert.Equal(text, IntervalText.Print(micros));
        Assert.True(IntervalText.TryParse(text, out var again));
        Assert.Equal(micros, again);
    }
}
