using Tarn.Query.Executions;
using Tarn.Query.Results;

namespace Tarn.Query.Tests.Results;

/// <summary>The bytes are worked out by hand from the layout in docs/formats/query-execution.md.</summary>
public sealed class ColumnsFileTests
{
    [Fact]
    public void Write_ColumnsOfEachKind_TellWhatTheirTypesHave()
    {
        ResultColumn[] columns =
        [
            new("i", "integer", 10, 0), new("s", "varchar", 300, 0), new("b", "boolean", 0, 0),
            new("d", "date", 0, 0), new("a", "array", 0, 0),
        ];

        var bytes = ColumnsFile.Write("q1", null, null, columns);

        Assert.Equal(
            "0A027131"
            + "221D" + "0A0468697665" + "220169" + "2A0169" + "3207696E7465676572" + "380A" + "4000" + "4803" + "5000"
            + "221E" + "0A0468697665" + "220173" + "2A0173" + "320776617263686172" + "38AC02" + "4000" + "4803" + "5001"
            + "2219" + "0A0468697665" + "220162" + "2A0162" + "3207626F6F6C65616E" + "4803" + "5000"
            + "2218" + "0A0468697665" + "220164" + "2A0164" + "320464617465" + "4000" + "4803" + "5000"
            + "2215" + "0A0468697665" + "220161" + "2A0161" + "32056172726179" + "4803",
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void Write_OfRowsWritten_TellsKindAndNumber()
    {
        var bytes = ColumnsFile.Write("q1", "INSERT", 0, []);

        Assert.Equal("0A027131" + "1206494E53455254" + "1800", Convert.ToHexString(bytes));
    }
}
