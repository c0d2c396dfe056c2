using Tarn.Catalog.Tables;
using Tarn.DuckDb.Results;
using Tarn.Jobs.Targets;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Tests.Targets;

public sealed class TargetSchemaTests
{
    private static readonly JobSpec Spec =
        new() { Name = "curate", Sql = "SELECT 1", Target = "curated.scores", PartitionedBy = ["day"] };

    [Fact]
    public void Of_ResultThatEndsWithThePartitions_SplitsThem()
    {
        var schema = TargetSchema.Of(Spec, [new("User_Id", "VARCHAR"), new("total", "HUGEINT"), new("day", "DATE")]);

        Assert.Equal([new Column("user_id", "string"), new Column("total", "bigint")], schema.Columns);
        Assert.Equal([new Column("day", "date")], schema.PartitionKeys);
        Assert.Equal(
            """
            "User_Id" AS "user_id", CAST("total" AS BIGINT) AS "total", "day" AS "day"
            """,
            schema.SelectList);
    }

    [Theory]
    [InlineData("does not end with the partition columns day", "day", "a")]
    [InlineData("no column besides", "day")]
    [InlineData("two columns 'a'", "A", "a", "day")]
    [InlineData("result column 1 is called 'count(*)'", "count(*)", "day")]
    public void Of_ResultThatDoesNotSuit_IsRefused(string message, params string[] columns)
    {
        var failure = Assert.Throws<TarnException>(() =>
            TargetSchema.Of(Spec, [.. columns.Select(column => new DuckDbColumn(column, "VARCHAR"))]));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
