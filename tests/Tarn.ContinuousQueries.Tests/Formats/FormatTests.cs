using System.Globalization;
using Avro;
using Avro.Generic;
using Avro.IO;
using Tarn.ContinuousQueries.Formats.Avro;
using Tarn.Formats.Avro;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Tests.Formats;

/// <summary>Sources of CSV and Avro, their records written by hand and by Apache's own library.</summary>
public sealed class FormatTests
{
    private const string Schema = """
        {"type":"record","name":"click","namespace":"lake","doc":"not in the canonical form","fields":[
          {"name":"user_id","type":["null","string"],"default":null},
          {"name":"n","type":"long"},
          {"name":"skipped","type":{"type":"map","values":"double"}},
          {"name":"ts","type":{"type":"long","logicalType":"timestamp-millis"}},
          {"name":"tags","type":{"type":"array","items":{"type":"enum","name":"tag","symbols":["A","B"]}}},
          {"name":"rate","type":"float"}]}
        """;

    [Fact]
    public async Task Csv_Lines_AreCounted_AndOthersSetAside()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("""
            CREATE SOURCE c (name VARCHAR, n BIGINT, price DECIMAL(6,2), won BOOLEAN, day DATE, seen TIMESTAMP, j JSON)
              FROM STREAM 'scores' FORMAT CSV WITH (delimiter = ';')
            """);
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT name, n, price, won, day, seen,"
            + " json_extract_string(j, '$.a') AS a, count(*) AS c FROM c GROUP BY ALL");
        await lake.PutAsync(
            "ann;1;2.50;true;2026-11-23;2026-11-23 10:00:00.5;{\"a\":7}\n",
            "\"a;\"\"b\"\"\nc\"; 2 ;1e2;F;;;\r\n",
            "\"\";;;",
            ";-3",
            "x;many", "x;1;2;true;2026-02-30", "x;1;2;perhaps", "x;1;2;0;;;{", "\"open", "\"a\"b;1", "",
            "1;2;3;1;;;1;8", "one\ntwo");

        Assert.Equal(
            [
                " | NULL | NULL | NULL | NULL | NULL | NULL | 1",
                "NULL | -3 | NULL | NULL | NULL | NULL | NULL | 1",
                "a;\"b\"\nc | 2 | 100.00 | False | NULL | NULL | NULL | 1",
                "ann | 1 | 2.50 | True | 11/23/2026 | 2026-11-23T10:00:00.5000000 | 7 | 1",
            ],
            await lake.RowsAsync("v"));
        Assert.Equal(
            [
                "column 'n': many is not a BIGINT", "column 'day': 2026-02-30 is not a DATE",
                "column 'won': perhaps is not a BOOLEAN", "column 'j': { is not a JSON",
                "column 'name': a quote is not closed", "column 'name': text follows a closing quote",
                "the line is empty", "the line has more values than the 7 columns", "the record has more than one line",
            ],
            lake.Engine.FindRunner("v")!.BadRecords.Select(record => record.Reason));
    }

    [Fact]
    public async Task Avro_BareAndSingleObject_AreCounted_AndOthersSetAside()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync("CREATE SOURCE c (USER_ID VARCHAR, n INTEGER, ts TIMESTAMPTZ, tags JSON, rate DOUBLE)"
            + $" FROM STREAM 'scores' FORMAT AVRO WITH (schema = '{Schema}')");
        await lake.RunAsync("CREATE MATERIALIZED VIEW v AS SELECT user_id, n, epoch_ms(ts) AS ms,"
            + " CAST(tags AS VARCHAR) AS tags, rate, count(*) AS c FROM c GROUP BY ALL");
        var ann = Write("ann", 1);
        var marked = (byte[])[0xC3, 0x01, .. Fingerprint(), .. Write(null, 2)];
        await PutAsync(
            lake, ann, marked, marked[..^1], [.. ann, 0], [], Write("big", 1L << 40),
            [0xC3, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, .. ann]);

        Assert.Equal(
            ["NULL | 2 | 1700000000002 | [\"A\",\"B\"] | 2.5 | 1", "ann | 1 | 1700000000001 | [\"A\",\"B\"] | 1.5 | 1"],
            await lake.RowsAsync("v"));
        var reasons = lake.Engine.FindRunner("v")!.BadRecords.Select(record => record.Reason).ToList();
        Assert.Equal(5, reasons.Count);
        Assert.Equal("the Avro data is damaged: a value ends early", reasons[0]);
        Assert.Equal("bytes follow the datum", reasons[1]);
        Assert.Equal("column 'n': the long does not fit a INTEGER", reasons[3]);
        Assert.Contains("its head names schema 0807060504030201, the source's is ", reasons[4]);
    }

    [Theory]
    [InlineData("nope VARCHAR", "column 'nope' of source 'c' is not a field of its schema")]
    [InlineData("n VARCHAR", "column 'n' of source 'c' is VARCHAR, and long in its schema")]
    [InlineData("tags VARCHAR", "column 'tags' of source 'c' is VARCHAR, and array<enum lake.tag> in its schema")]
    public async Task Avro_ColumnsThatDoNotFit_Refused(string columns, string message)
    {
        await using var lake = await Lake.OpenAsync();

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(
            $"CREATE SOURCE c ({columns}) FROM STREAM 'scores' FORMAT AVRO WITH (schema = '{Schema}')"));

        Assert.Equal(message, refusal.Message);
    }

    [Theory]
    [InlineData("\"string\"")]
    [InlineData(Schema)]
    [InlineData("""
        {"type":"record","name":"n","fields":[{"name":"next","type":["null","n"]},{"name":"f","type":
          {"type":"fixed","name":"x.y","size":4}},{"name":"g","type":"x.y"},{"name":"m","type":
          {"type":"map","values":"bytes"}}]}
        """)]
    public void Fingerprint_OfSchema_EqualsTheLibrarys(string schema) => Assert.Equal(
        (ulong)SchemaNormalization.ParsingFingerprint64(Avro.Schema.Parse(schema)),
        AvroFingerprint.Of(AvroType.Parse(schema)));

    private static byte[] Fingerprint() => BitConverter.GetBytes(
        SchemaNormalization.ParsingFingerprint64(Avro.Schema.Parse(Schema)));

    private static byte[] Write(string? user, long n)
    {
        var schema = (RecordSchema)Avro.Schema.Parse(Schema);
        var record = new GenericRecord(schema);
        record.Add("user_id", user);
        record.Add("n", n);
        record.Add("skipped", new Dictionary<string, object> { ["x"] = 1.0 });
        record.Add("ts", DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + (n % 10)).UtcDateTime);
        var tag = (EnumSchema)((ArraySchema)schema["tags"].Schema).ItemSchema;
        record.Add("tags", new[] { new GenericEnum(tag, "A"), new GenericEnum(tag, "B") });
        record.Add("rate", (n % 10) + 0.5f);
        using var bytes = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(schema).Write(record, new BinaryEncoder(bytes));
        return bytes.ToArray();
    }

    private static async Task PutAsync(Lake lake, params byte[][] payloads)
    {
        var entries = payloads.Select((payload, i) => new StreamEntry(
            System.Text.Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)), payload)).ToArray();
        var outcomes = await lake.Streams.AppendAsync("scores", entries, CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }
}
