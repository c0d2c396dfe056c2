using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Conversion;

/// <summary>What each deserializer takes, and how it finds columns.</summary>
public sealed class JsonSerDeTests : IDisposable
{
    private readonly ConversionScene _scene = new();

    [Theory]
    [InlineData("int", "\"12\"", "12", null)]
    [InlineData("double", "\"1.5\"", "1.5", null)]
    [InlineData("boolean", "\"true\"", "true", null)]
    [InlineData("string", "{\"inner\": [1, 2]}", "{\"inner\":[1,2]}", null)]
    [InlineData("string", "12.50", "12.50", "12.50")]
    [InlineData("string", "true", "true", "true")]
    [InlineData("binary", "\"YWJj\"", "abc", "YWJj")]
    [InlineData("timestamp", "1518033528", "2018-02-07 19:58:48", null)]
    [InlineData("timestamp", "\"2017-02-07T15:13:01.39256Z\"", "2017-02-07 15:13:01.39256", null)]
    [InlineData("timestamp", "\"2017-2-7 15:13:01.14\"", "2017-02-07 15:13:01.14", "2017-02-07 15:13:01.14")]
    [InlineData("date", "\"2017-2-7\"", "2017-02-07", "2017-02-07")]
    public async Task Convert_Value_IsReadAsTheSerDeDoes(string type, string json, string? openX, string? hive)
    {
        foreach (var (serDe, expected) in new (JsonSerDe, string?)[]
            { (new OpenXJsonSerDe(), openX), (new HiveJsonSerDe(), hive) })
        {
            _scene.Settings = _scene.Settings with { Input = serDe };

            await _scene.ConvertAsync(ConversionScene.Table($"v {type}"), $"{{\"v\": {json}}}");

            Assert.Equal(expected is null ? 1 : 0, _scene.Failed.Count);
            if (expected is not null)
            {
                Assert.Equal(expected, await _scene.ScalarAsync("SELECT v::VARCHAR FROM read_parquet($file)"));
                File.Delete(_scene.OutputPath);
            }
        }
    }

    [Theory]
    [InlineData(true, false, "1", null, null)]
    [InlineData(false, false, null, null, null)]
    [InlineData(true, true, "1", "2", "3")]
    [InlineData(false, true, null, "2", null)]
    public async Task Convert_OpenXKeys_FollowCaseAndDots(
        bool caseInsensitive, bool convertDots, string? id, string? dotted, string? nested)
    {
        _scene.Settings = _scene.Settings with
        {
            Input = new OpenXJsonSerDe { CaseInsensitive = caseInsensitive, ConvertDots = convertDots },
        };

        await _scene.ConvertAsync(
            ConversionScene.Table("userid int", "a_b int", "s struct<c_d:int>"),
            "{\"userId\": 1, \"a.b\": 2, \"s\": {\"C.D\": 3}}");

        Assert.Equal(
            [[id, dotted, nested]], await _scene.QueryAsync("SELECT userid, a_b, s.c_d FROM read_parquet($file)"));
    }

    [Fact]
    public async Task Convert_ColumnToKey_ReadsThatKeyOnly()
    {
        _scene.Settings = _scene.Settings with
        {
            Input = new OpenXJsonSerDe { ColumnToKey = new Dictionary<string, string> { ["ts"] = "timestamp" } },
        };

        var converted = await _scene.ConvertAsync(
            ConversionScene.Table("ts bigint", "s struct<ts:bigint>"),
            "{\"timestamp\": 1, \"ts\": 2, \"s\": {\"Timestamp\": 3}}");

        Assert.Equal([["1", "3"]], await _scene.QueryAsync("SELECT ts, s.ts FROM read_parquet($file)"));
        Assert.Equal(["ts"], converted.UnknownMembers);
    }

    [Fact]
    public async Task Convert_HiveTimestampFormats_AreTriedInOrder()
    {
        _scene.Settings = _scene.Settings with
        {
            Input = new HiveJsonSerDe { TimestampFormats = ["yyyy-MM-dd'T'HH:mm:ss.SSSZ", "millis", "d MMM yyyy"] },
        };

        await _scene.ConvertAsync(
            ConversionScene.Table("t timestamp", "d date"),
            "{\"t\": \"2024-01-02T03:04:05.678+0200\", \"d\": \"2 Jan 2024\"}",
            "{\"t\": 1518033528123, \"d\": \"-1\"}",
            "{\"t\": \"2024-01-02 03:04:05\", \"d\": \"2024-1-2\"}",
            "{\"t\": \"02/01/2024\"}");

        Assert.Equal(
            [
                ["2024-01-02 01:04:05.678", "2024-01-02"],
                ["2018-02-07 19:58:48.123", "1969-12-31"],
                ["2024-01-02 03:04:05", "2024-01-02"],
            ],
            await _scene.QueryAsync("SELECT t::VARCHAR, d::VARCHAR FROM read_parquet($file)"));
        Assert.Single(_scene.Failed);
    }

    [Fact]
    public void Open_KeysThatCannotBe_AreRefused()
    {
        var cases = new (JsonSerDe SerDe, string Named)[]
        {
            (Keys("tz", "x"), "column 'tz'"),
            (Keys("ts", "other"), "JSON key 'other'"),
            (new HiveJsonSerDe { TimestampFormats = ["yy-MM"] }, "'yy-MM'"),
        };
        foreach (var (serDe, named) in cases)
        {
            _scene.Settings = _scene.Settings with { Input = serDe };

            var failure = Assert.Throws<TarnException>(
                () => _scene.Conversion(ConversionScene.Table("ts int", "other int")));

            Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _scene.Dispose();

    private static OpenXJsonSerDe Keys(string column, string key) =>
        new() { ColumnToKey = new Dictionary<string, string> { [column] = key } };
}
