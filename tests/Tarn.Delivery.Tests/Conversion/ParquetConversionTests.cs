using Tarn.Delivery.Conversion;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Conversion;

public sealed class ParquetConversionTests : IDisposable
{
    private readonly ConversionScene _scene = new();

    /// <summary>Hive type, JSON, DuckDB's text of what is read back, DuckDB's type of the file's column.</summary>
    public static TheoryData<string, string, string, string> Types => new()
    {
        { "boolean", "true", "true", "BOOLEAN" },
        { "tinyint", "-128", "-128", "TINYINT" },
        { "smallint", "32767", "32767", "SMALLINT" },
        { "int", "2147483647", "2147483647", "INTEGER" },
        { "bigint", "-9223372036854775808", "-9223372036854775808", "BIGINT" },
        { "float", "1.5", "1.5", "FLOAT" },
        { "double", "-1.5e-3", "-0.0015", "DOUBLE" },
        { "decimal(4,2)", "12.345", "12.35", "DECIMAL(4,2)" },
        { "decimal(9,0)", "123456789", "123456789", "DECIMAL(9,0)" },
        { "decimal(18,3)", "-1.5", "-1.500", "DECIMAL(18,3)" },
        {
            "decimal(38,10)", "1234567890123456789012345678.0123456789",
            "1234567890123456789012345678.0123456789", "DECIMAL(38,10)"
        },
        { "string", "\"ž\\u00e9 and more\"", "žé and more", "VARCHAR" },
        { "varchar(5)", "\"abcde\"", "abcde", "VARCHAR" },
        { "char(2)", "\"ab\"", "ab", "VARCHAR" },
        { "binary", "\"AP8=\"", "\\x00\\xFF", "BLOB" },
        { "date", "\"2024-02-29\"", "2024-02-29", "DATE" },
        { "timestamp", "\"2024-01-02T03:04:05.678901Z\"", "2024-01-02 03:04:05.678901", "TIMESTAMP" },
        { "array<int>", "[1, null, 3]", "[1, NULL, 3]", "INTEGER[]" },
        { "map<string,decimal(10,2)>", "{\"a\": 1.5, \"b\": null}", "{a=1.50, b=NULL}", "MAP(VARCHAR, DECIMAL(10,2))" },
        {
            "struct<id:bigint,Tags:array<struct<k:string,v:double>>>",
            "{\"id\": 1, \"TAGS\": [{\"k\": \"x\", \"v\": 1}, {}, null], \"more\": 1}",
            "{'id': 1, 'Tags': [{'k': x, 'v': 1.0}, {'k': NULL, 'v': NULL}, NULL]}",
            "STRUCT(id BIGINT, Tags STRUCT(k VARCHAR, v DOUBLE)[])"
        },
        { "array<map<string,array<date>>>", "[{\"d\": [\"2024-01-01\"]}, {}]", "[{d=[2024-01-01]}, {}]",
            "MAP(VARCHAR, DATE[])[]" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Convert_EveryType_IsReadBack(string type, string json, string expected, string written)
    {
        var converted = await _scene.ConvertAsync(
            ConversionScene.Table("n int", $"v {type}"),
            $"{{\"n\": 0, \"v\": {json}}}", "{\"n\": 1}", $"{{\"v\": {json}, \"n\": 2}}");

        Assert.Empty(_scene.Failed);
        Assert.Equal(3, converted.Rows);
        Assert.Equal(
            [["0", expected], ["1", null], ["2", expected]],
            await _scene.QueryAsync("SELECT n, v::VARCHAR FROM read_parquet($file)"));
        Assert.Equal(written, await _scene.ScalarAsync("SELECT typeof(v) FROM read_parquet($file)"));
    }

    [Fact]
    public async Task Convert_NestedColumns_HaveTheSchemaOfParquetsRules()
    {
        await _scene.ConvertAsync(
            ConversionScene.Table("l array<int>", "m map<string,int>", "s struct<a:timestamp>"), "{}");

        var schema = await _scene.QueryAsync(
            "SELECT name, repetition_type, converted_type FROM parquet_schema($file) OFFSET 1");

        Assert.Equal(
            [
                ["l", "OPTIONAL", "LIST"], ["list", "REPEATED", null], ["element", "OPTIONAL", "INT_32"],
                ["m", "OPTIONAL", "MAP"], ["key_value", "REPEATED", null], ["key", "REQUIRED", "UTF8"],
                ["value", "OPTIONAL", "INT_32"],
                ["s", "OPTIONAL", null], ["a", "OPTIONAL", "TIMESTAMP_MICROS"],
            ],
            schema);
    }

    [Fact]
    public async Task Convert_PartitionKeys_AreNotWritten()
    {
        await _scene.ConvertAsync(ConversionScene.Table("n int"), "{\"n\": 1, \"year\": \"2026\"}");

        Assert.Equal([["n"]], await _scene.QueryAsync("SELECT name FROM parquet_schema($file) OFFSET 1"));
    }

    [Fact]
    public async Task Convert_RecordsThatDoNotFit_FailAloneWithFirehosesCodes()
    {
        string[] bad = ["", "{\"n\": 2", "[{\"n\": 3}]", "{\"n\": \"x\"}", "{\"n\": 1}{\"n\": 2}", "{\"n\":6,\"N\":6}"];

        var converted = await _scene.ConvertAsync(
            ConversionScene.Table("n int"), bad.Append("{\"n\": 7, \"extra\": {\"n\": 1}}").ToArray());

        Assert.Equal((3L, "extra"), (converted.Rows, Assert.Single(converted.UnknownMembers)));
        Assert.Equal([["1"], ["2"], ["7"]], await _scene.QueryAsync("SELECT n FROM read_parquet($file)"));
        const string Unfit = "Data does not match the schema. ";
        Assert.Equal(
            [
                ("DataFormatConversion.MalformedData",
                    "The record was empty or contained only whitespace.", 1000, bad[0]),
                ("DataFormatConversion.ParseError", _scene.Failed[1].Message, 1001, bad[1]),
                ("DataFormatConversion.MalformedData",
                    Unfit + "A JSON object is required: the record is an array", 1002, bad[2]),
                ("DataFormatConversion.MalformedData",
                    Unfit + "column 'n' (int): \"x\" does not fit its type", 1003, bad[3]),
                ("DataFormatConversion.MalformedData",
                    Unfit + "column 'n' (int): its key is there twice", 1005, bad[5]),
            ],
            _scene.Failed.Select(failed => (failed.Code, failed.Message, failed.Sequence, failed.Data)));
        Assert.StartsWith("Encountered malformed JSON. ", _scene.Failed[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("x", "{\"n\": 1.5}")]
    public async Task Convert_WithoutARow_LeavesNoFile(params string[] records)
    {
        var converted = await _scene.ConvertAsync(ConversionScene.Table("n int"), records);

        Assert.Equal((0L, records.Length), (converted.Rows, _scene.Failed.Count));
        Assert.Empty(_scene.Files);
    }

    [Fact]
    public async Task Convert_Cancelled_LeavesNoFile()
    {
        using var cancellation = new CancellationTokenSource();
        var records = Enumerable.Range(0, 200_000)
            .Select(index => index == 120_000 ? "no JSON" : $"{{\"n\": {index}, \"s\": \"some text of row {index}\"}}");
        _scene.OnFailed = cancellation.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _scene.ConvertAsync(
            ConversionScene.Table("n int", "s string"), records, cancellation.Token));

        Assert.Single(_scene.Failed);
        Assert.Empty(_scene.Files);
    }

    [Fact]
    public async Task Convert_CallerThatThrows_GetsThatAndNoFile()
    {
        _scene.OnFailed = () => throw new TarnException(ErrorKind.Unavailable, "the disk is full");

        var failure = await Assert.ThrowsAsync<TarnException>(
            () => _scene.ConvertAsync(ConversionScene.Table("n int"), "{\"n\": 1}", "no JSON"));

        Assert.Equal("the disk is full", failure.Message);
        Assert.Empty(_scene.Files);
    }

    [Fact]
    public async Task Convert_TheSameRecords_GiveTheSameBytesInOrder()
    {
        const int Count = 300_000;
        var records = Enumerable.Range(0, Count).Select(index =>
            $"{{\"n\": {index}, \"s\": \"text {index % 1000} of many\", \"l\": [{index % 5}, {index}]}}").ToList();
        var table = ConversionScene.Table("n int", "s string", "l array<bigint>");
        var files = new List<byte[]>();
        foreach (var workers in new[] { 1, 2, 5 })
        {
            using var scene = new ConversionScene(workers);
            Assert.Equal(Count, (await scene.ConvertAsync(table, records)).Rows);
            Assert.Equal("0", await scene.ScalarAsync(
                "SELECT count(*) FROM read_parquet($file, file_row_number = true) WHERE n <> file_row_number"));
            files.Add(await File.ReadAllBytesAsync(scene.OutputPath));
        }

        Assert.All(files, file => Assert.Equal(files[0], file));
    }

    [Fact]
    public void Open_TypeThatCannotBeWritten_NamesTheColumn()
    {
        foreach (var type in new[] { "map<int,string>", "uniontype<int,string>", "struct<a:map<date,int>>" })
        {
            var failure = Assert.Throws<TarnException>(() => _scene.Conversion(ConversionScene.Table($"odd {type}")));

            Assert.Equal(ErrorKind.Unsupported, failure.Kind);
            Assert.Contains("column 'odd'", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(
            ErrorKind.Invalid, Assert.Throws<TarnException>(() => _scene.Conversion(ConversionScene.Table())).Kind);
    }

    public void Dispose() => _scene.Dispose();
}
