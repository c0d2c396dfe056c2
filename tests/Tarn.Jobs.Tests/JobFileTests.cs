using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Tests;

public sealed class JobFileTests
{
    [Fact]
    public void Parse_WholeFrontMatter_IsRead()
    {
        const string Text = """
            -- Turns raw scores into Parquet.
            -- target: curated.Scores
            -- location: s3://lake/curated/scores/
            -- partitioned_by: year, month, Day
            -- bookmark: raw.scores
            -- schedule: */5 * * * *
            SELECT 1 AS a, year, month, day
            FROM raw.scores;

            """;

        var spec = JobFile.Parse("curate", Text);

        Assert.Equal("curate", spec.Name);
        Assert.Equal("curated.scores", spec.Target);
        Assert.Equal("s3://lake/curated/scores/", spec.Location);
        Assert.Equal(["year", "month", "day"], spec.PartitionedBy);
        Assert.Equal("raw.scores", spec.Bookmark);
        Assert.Equal("*/5 * * * *", spec.Schedule);
        Assert.EndsWith("FROM raw.scores", spec.Sql, StringComparison.Ordinal);
        Assert.Equal(6, spec.Sql[..spec.Sql.IndexOf("SELECT", StringComparison.Ordinal)].Count(c => c == '\n'));
    }

    [Fact]
    public void Parse_TargetAlone_RunsOnDemandAndReplaces()
    {
        var spec = JobFile.Parse("daily", "-- target: curated.daily\r\nSELECT 1 AS a");

        Assert.Null(spec.Bookmark);
        Assert.Null(spec.Schedule);
        Assert.Null(spec.Location);
        Assert.Empty(spec.PartitionedBy);
    }

    [Theory]
    [InlineData("SELECT 1", "has no target", "-- target: database.table")]
    [InlineData("-- target: a.b\n-- schedul: x\nSELECT 1", "line 2: unknown key 'schedul'", "did you mean 'schedule'?")]
    [InlineData("-- target: a.b\n-- author: me\nSELECT 1", "line 2: unknown key 'author'", "known keys are")]
    [InlineData("-- target:\nSELECT 1", "line 1: 'target' has no value", null)]
    [InlineData("-- target: a.b\n-- target: a.c\nSELECT 1", "line 2: 'target' is given twice", "line 1")]
    [InlineData("-- target: a.b\n-- schedule */5 * * * *\nSELECT 1", "line 2: ':' is missing after 'schedule'", null)]
    [InlineData("-- target: a.b\n\n-- bookmark: a.c\nSELECT 1", "line 3: 'bookmark' stands after", "unbroken")]
    [InlineData("-- target: scores\nSELECT 1", "line 1: target 'scores' is not database.table", null)]
    [InlineData("-- target: a.b\n-- bookmark: c\nSELECT 1", "line 2: bookmark 'c' is not database.table", null)]
    [InlineData("-- target: a.b\n-- bookmark: A.B\nSELECT 1", "line 2: bookmark and target are the same", null)]
    [InlineData("-- target: a.b\n-- location: s3://x/y\nSELECT 1", "line 2: location 's3://x/y'", "ends with '/'")]
    [InlineData("-- target: a.b\n-- partitioned_by: x,,y\nSELECT 1", "line 2: partition column ''", null)]
    [InlineData("-- target: a.b\n-- partitioned_by: x, X\nSELECT 1", "line 2: a partition column is given twice", null)]
    [InlineData("-- target: a.b\n-- schedule: 99 * * * *\nSELECT 1", "line 2: schedule '99 * * * *'", "minute hour")]
    [InlineData("-- target: a.b\n-- schedule: 0 0 * * * *\nSELECT 1", "line 2: schedule", "minute hour")]
    public void Parse_FaultyFrontMatter_IsRefusedWithTheLine(string text, string message, string? hint)
    {
        var failure = Assert.Throws<TarnException>(() => JobFile.Parse("curate", text));

        Assert.Equal(ErrorKind.Invalid, failure.Kind);
        Assert.Contains("job 'curate'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(hint ?? "", failure.Hint ?? "", StringComparison.Ordinal);
    }
}
