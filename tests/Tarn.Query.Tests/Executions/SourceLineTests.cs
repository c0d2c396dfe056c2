using Tarn.Query.Executions;

namespace Tarn.Query.Tests.Executions;

public sealed class SourceLineTests
{
    [Theory]
    [InlineData("SELECT x", "COLUMN_NOT_FOUND: line 1:8: Column 'x'", "SELECT x\n       ^")]
    [InlineData("SELECT 1\r\n  FROM", "line 2:7: mismatched input", "  FROM\n      ^")]
    [InlineData("SELECT\t\u001b", "line 1:1: no", "SELECT  \n^")]
    public void Of_PlaceInTheStatement_MarksIt(string sql, string message, string expected) =>
        Assert.Equal(expected, SourceLine.Find(sql, message)?.Text);

    [Theory]
    [InlineData("line 2:1: mismatched input")]
    [InlineData("line 1:40: mismatched input")]
    [InlineData("line 0:0: nothing")]
    [InlineData("line 99999999999:1: nothing")]
    [InlineData("bucket 'lake' does not exist")]
    [InlineData("HIVE_BAD_DATA: s3://lake/a.json, line 3: not JSON")]
    public void Of_NoPlaceInTheStatement_IsNull(string message) => Assert.Null(SourceLine.Find("SELECT 1", message));

    [Fact]
    public void Of_LongLine_ShowsWhatIsAroundThePlace()
    {
        var sql = new string('a', 300) + "!" + new string('b', 300);

        var shown = SourceLine.Find(sql, "line 1:301: mismatched input")!.Text.Split('\n');

        Assert.Equal('!', shown[0][shown[1].IndexOf('^', StringComparison.Ordinal)]);
        Assert.InRange(shown[0].Length, 50, 110);
    }
}
