using Tarn.Clients;
using Tarn.Commands.Sql;

namespace Tarn.Tests.Commands.Sql;

public sealed class ResultPrinterTests
{
    private static readonly SqlColumn[] Columns =
    [
        new("n", "bigint", 19, 0), new("d", "double", 17, 0), new("b", "boolean", 0, 0), new("t", "varchar", 10, 0),
    ];

    [Theory]
    [InlineData("1|1.5E7|true|a\"b", """{"n":1,"d":1.5E7,"b":true,"t":"a\u0022b"}""")]
    [InlineData("-1|NaN|false|", """{"n":-1,"d":"NaN","b":false,"t":""}""")]
    public void JsonLine_Values_AreOfTheirTypes(string values, string line) =>
        Assert.Equal(line, ResultPrinter.JsonLine(Columns, values.Split('|')));

    [Fact]
    public void JsonLine_Null_IsNull() => Assert.Equal(
        """{"n":null,"d":null,"b":null,"t":null}""", ResultPrinter.JsonLine(Columns, [null, null, null, null]));

    [Fact]
    public void Csv_NullAndEmpty_Differ() =>
        Assert.Equal(("", "\"\"", "\"a\"\"b\""), (
            ResultPrinter.Csv(null), ResultPrinter.Csv(""), ResultPrinter.Csv("a\"b")));

    [Fact]
    public void Expand_Rows_HaveAColumnALine()
    {
        using var writer = new StringWriter { NewLine = "\n" };

        ResultPrinter.Expand(
            new SqlPage([new("id", "bigint", 19, 0), new("name", "varchar", 1, 0)], [["1", null], ["2", "b"]], null),
            writer);

        Assert.Equal(
            "-[ RECORD 1 ]----\nid   | 1\nname | NULL\n-[ RECORD 2 ]----\nid   | 2\nname | b\n", writer.ToString());
    }

    [Fact]
    public void WriteLines_TextOfAStatement_IsAsItIs()
    {
        using var writer = new StringWriter { NewLine = "\n" };

        ResultPrinter.WriteLines(
            new SqlPage([new("col_name", "string", 0, 0)], [["id  \tint   \t  "], [""], ["a\u001b"]], null), writer);

        Assert.Equal("id   int\n\na\\u001b\n", writer.ToString());
    }

    [Theory]
    [InlineData(6, 79, false)]
    [InlineData(9, 79, true)]
    public void IsTooWide_ColumnsOfNumbers_IsWhenTheyWouldBreak(int columns, int width, bool expected)
    {
        var page = new SqlPage(
            [.. Enumerable.Range(0, columns).Select(i => new SqlColumn($"c{i}", "bigint", 19, 0))],
            [[.. Enumerable.Repeat("1234567", columns)]],
            null);

        Assert.Equal(expected, TableWidth.IsTooWide(page, width));
    }

    [Fact]
    public void IsTooWide_OneLongText_IsBrokenIntoLines() => Assert.False(TableWidth.IsTooWide(
        new SqlPage([new("text", "varchar", 0, 0)], [[new string('x', 500)]], null), 80));

    [Fact]
    public void Told_Outcome_HasBytesAndPrice()
    {
        var outcome = new SqlOutcome("x", 1234, null, 2_500_000, 0.00005m, 35, IsText: false);

        Assert.Equal("1,234 rows, scanned 2.5 MB, $0.00005 on Athena, in 35 ms", StatementRunner.Told(outcome, true));
        Assert.Equal(
            "7 rows written, scanned 2.5 MB, $0.00005 on Athena",
            StatementRunner.Told(outcome with { UpdateCount = 7 }, false));
    }

    [Fact]
    public void Told_OneRow_IsARow()
    {
        var outcome = new SqlOutcome("x", 1, null, 0, 0.00005m, 35, IsText: false);

        Assert.Equal("1 row, scanned 0 B, $0.00005 on Athena", StatementRunner.Told(outcome, false));
        Assert.StartsWith("1 row written,", StatementRunner.Told(outcome with { UpdateCount = 1 }, false));
    }

    [Fact]
    public void Told_Definition_IsDone()
    {
        var outcome = new SqlOutcome("x", 0, null, 0, 0m, 1200, IsText: true);

        Assert.Equal("done, in 1,200 ms", StatementRunner.Told(outcome, true));
        Assert.Equal("done", StatementRunner.Told(outcome, false));
    }
}
