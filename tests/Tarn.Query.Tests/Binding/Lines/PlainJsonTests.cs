using System.Text;
using Tarn.Catalog.Tables;
using Tarn.DuckDb.NativeTables;
using Tarn.Formats.SerDes;
using Tarn.Query.Binding.JsonLines;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Tests.Binding.Lines;

/// <summary>
/// Lines that are read in one pass against the same lines with a tab behind the brace, which only the reader of all
/// JSON takes.
/// </summary>
public sealed class PlainJsonTests
{
    private static readonly string[] Types =
        ["bigint", "string", "double", "boolean", "decimal(10,2)", "date", "timestamp", "array<int>", "int", "binary"];

    private static readonly string[] Values =
    [
        "1", "-0", "0", "01", "-", "1.5", "1.", ".5", "-12.25", "1e3", "1E-2", "9223372036854775808", "2147483648",
        "null", "nul", "true", "false", "\"\"", "\"text\"", "\"é\"", "\"a\\\"b\"", "\"12\"", "\"010\"", "\"1.5\"",
        "\"true\"", "\"2020-01-03\"", "\"2020-01-03 10:00:00\"", "\"a\tb\"", "[1,2]", "{}", "{\"a\":1}", "\"open",
        "1 ", "NaN", "",
    ];

    private static readonly string[] Names =
        ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "C0", "other", "c\\u0031", "é", ""];

    private static readonly LineField[] Fields =
        [.. Types.Select((type, i) => new LineField($"c{i}", TypeText.TryParseHive(type)!, i))];

    [Fact]
    public void TryReadPlain_AnyLine_IsLeftAloneOrReadAsByTheReaderOfAllJson()
    {
        var random = new Random(11);
        var plain = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var line = Encoding.UTF8.GetBytes(Line(random));
            using var quick = NewRow();
            var written = new Cells();
            if (!quick.TryReadPlain(line, written, 0))
            {
                continue;
            }

            plain++;
            using var whole = NewRow();
            var expected = new Cells();
            byte[] slowly = [line[0], (byte)'\t', .. line[1..]];
            var reason = whole.Read(slowly, expected, 0);

            Assert.True(reason is null, $"{Encoding.UTF8.GetString(line)}: {reason}");
            Assert.Equal(expected.Written, written.Written);
        }

        Assert.InRange(plain, 500, 18_000);
    }

    [Fact]
    public void Read_LineThatTurnsOutNotToBePlain_HasNothingOfTheFirstTry()
    {
        using var row = NewRow();
        var cells = new Cells();

        var reason = row.Read("{\"c0\":7,\"c1\":\"x\",\"c3\":true,\"c7\":[1],\"c2\":1e1}"u8, cells, 0);

        Assert.Null(reason);
        Assert.Equal(
            ["c0=7", "c1=x", "c2=10", "c3=True", "c7=[1]"],
            cells.Written.Select(cell => $"c{cell.Key}={cell.Value}"));
    }

    [Theory]
    [InlineData("{\"c0\":1,\"C0\":2}", "the key of column 'c0' is there twice")]
    [InlineData("{\"c0\":1} {\"c0\":2}", "text follows the JSON object")]
    [InlineData("{\"c0\":1.5}", "column 'c0': 1.5 is not a valid bigint")]
    [InlineData("{\"c8\":2147483648}", "column 'c8': 2147483648 is not a valid integer")]
    [InlineData("{\"c0\":01}", "the line is not JSON")]
    [InlineData("{\"c0\":1,}", "the line is not JSON")]
    [InlineData("{\"c0\":1", "the line is not JSON")]
    public void Read_LineThatIsBad_SaysWhy(string line, string reason)
    {
        using var row = NewRow();

        Assert.StartsWith(reason, row.Read(Encoding.UTF8.GetBytes(line), new Cells(), 0));
    }

    [Fact]
    public void Read_TextThatIsNotUtf8_DoesNotFit()
    {
        using var row = NewRow();

        var reason = row.Read([.. "{\"c1\":\""u8, 0xFF, .. "\"}"u8], new Cells(), 0);

        Assert.StartsWith("column 'c1'", reason);
    }

    private static JsonRow NewRow() => new(
        JsonSerDe.Of("table 't'", new StorageDescriptor { Location = "s3://lake/t/", SerDe = SerDeNames.OpenXJson }),
        Fields);

    private static string Line(Random random)
    {
        var text = new StringBuilder("{");
        var members = random.Next(4);
        for (var member = 0; member <= members; member++)
        {
            text.Append(member == 0 ? "" : random.Next(3) == 0 ? ", " : ",")
                .Append('"').Append(Names[random.Next(Names.Length)])
                .Append(random.Next(3) == 0 ? "\": " : "\":")
                .Append(Values[random.Next(Values.Length)]);
        }

        return text.Append(random.Next(20) == 0 ? "" : "}").Append(random.Next(10) == 0 ? "\r" : "").ToString();
    }

    /// <summary>Keeps what is written; NULL like a cell that is not.</summary>
    private sealed class Cells : ColumnWriter
    {
        public SortedDictionary<int, object> Written { get; } = [];

        public override int Capacity => 2048;

        public override bool IsRead(int column) => true;

        public override void SetNull(int column, int row) => Written.Remove(column);

        public override void SetBoolean(int column, int row, bool value) => Written[column] = value;

        public override void SetInt32(int column, int row, int value) => Written[column] = value;

        public override void SetInt64(int column, int row, long value) => Written[column] = value;

        public override void SetDouble(int column, int row, double value) => Written[column] = value;

        public override void SetUtf8(int column, int row, ReadOnlySpan<byte> value) =>
            Written[column] = Encoding.UTF8.GetString(value);

        public override void SetDate(int column, int row, int daysSinceEpoch) => Written[column] = daysSinceEpoch;

        public override void SetTimestamp(int column, int row, long microsSinceEpoch) =>
            Written[column] = microsSinceEpoch;

        public override void SetDecimal(int column, int row, long unscaled) => Written[column] = unscaled;
    }
}
