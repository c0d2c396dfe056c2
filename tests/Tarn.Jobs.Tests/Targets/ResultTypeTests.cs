using Tarn.Jobs.Targets;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Tests.Targets;

public sealed class ResultTypeTests
{
    [Theory]
    [InlineData("BOOLEAN", "boolean", null)]
    [InlineData("TINYINT", "tinyint", null)]
    [InlineData("INTEGER", "int", null)]
    [InlineData("BIGINT", "bigint", null)]
    [InlineData("HUGEINT", "bigint", "BIGINT")]
    [InlineData("UINTEGER", "bigint", "BIGINT")]
    [InlineData("DECIMAL(10,2)", "decimal(10,2)", null)]
    [InlineData("VARCHAR", "string", null)]
    [InlineData("JSON", "string", "VARCHAR")]
    [InlineData("BLOB", "binary", null)]
    [InlineData("TIMESTAMP_MS", "timestamp", "TIMESTAMP")]
    [InlineData("VARCHAR[]", "array<string>", null)]
    [InlineData("INTEGER[][3]", "array<array<int>>", null)]
    [InlineData("MAP(VARCHAR, DECIMAL(5,1)[])", "map<string,array<decimal(5,1)>>", null)]
    [InlineData("STRUCT(a INTEGER, \"B_c\" STRUCT(d DATE))", "struct<a:int,b_c:struct<d:date>>", null)]
    public void Of_TypeThatParquetHolds_IsMapped(string duckDb, string hive, string? cast) =>
        Assert.Equal(new ResultType(hive, cast), ResultType.Of(duckDb, "x"));

    [Theory]
    [InlineData("TIMESTAMP WITH TIME ZONE")]
    [InlineData("INTERVAL")]
    [InlineData("TIME")]
    [InlineData("UUID")]
    [InlineData("STRUCT(a TIME)")]
    [InlineData("STRUCT(\"a, b\" DATE)")]
    public void Of_OtherType_IsRefusedByName(string duckDb)
    {
        var failure = Assert.Throws<TarnException>(() => ResultType.Of(duckDb, "played_at"));

        Assert.Equal(ErrorKind.Unsupported, failure.Kind);
        Assert.Contains("column 'played_at'", failure.Message, StringComparison.Ordinal);
    }
}
