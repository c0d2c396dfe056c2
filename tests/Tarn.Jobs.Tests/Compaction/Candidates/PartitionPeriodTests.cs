using System.Globalization;
using Tarn.Catalog.Tables;
using Tarn.Jobs.Compaction.Candidates;

namespace Tarn.Jobs.Tests.Compaction.Candidates;

public sealed class PartitionPeriodTests
{
    [Theory]
    [InlineData("year,month,day,hour", "2026,11,23,03", "2026-11-23T04:00:00Z")]
    [InlineData("game,year,month,day,hour", "x,2026,12,31,23", "2027-01-01T00:00:00Z")]
    [InlineData("year,month,day", "2024,02,29", "2024-03-01T00:00:00Z")]
    [InlineData("year,month", "2026,12", "2027-01-01T00:00:00Z")]
    [InlineData("year", "2026", "2027-01-01T00:00:00Z")]
    [InlineData("dt", "2026-11-23", "2026-11-24T00:00:00Z")]
    [InlineData("dt,hour", "2026-11-23,7", "2026-11-23T08:00:00Z")]
    [InlineData("hour", "04", null)]
    [InlineData("game", "x", null)]
    [InlineData("dt", "20261123", null)]
    [InlineData("year,month", "__HIVE_DEFAULT_PARTITION__,11", null)]
    public void EndOf_KeysAndValues_TellsWhenThePeriodIsOver(string keys, string values, string? expected)
    {
        var columns = keys.Split(',').Select(key => new Column(key, "string")).ToList();

        var end = PartitionPeriod.EndOf(columns, values.Split(','));

        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), end);
    }
}
