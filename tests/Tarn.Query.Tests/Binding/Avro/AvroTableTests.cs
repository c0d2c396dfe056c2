using Avro;
using Avro.Generic;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Binding.Avro;

/// <summary>Tables of Avro files that Apache's library wrote.</summary>
public sealed class AvroTableTests
{
    private const string Scores = """
        {"type":"record","name":"score","namespace":"game","fields":[
          {"name":"Id","type":"long"},{"name":"name","type":["null","string"]}]}
        """;

    private const string Everything = """
        {"type":"record","name":"all","fields":[
          {"name":"b","type":"boolean"},{"name":"i","type":"int"},{"name":"l","type":"long"},
          {"name":"f","type":"float"},{"name":"d","type":"double"},{"name":"s","type":"string"},
          {"name":"x","type":"bytes"},{"name":"e","type":{"type":"enum","name":"suit","symbols":["HEART","SPADE"]}},
          {"name":"m","type":{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}},
          {"name":"w","type":["null",
            {"type":"fixed","name":"wide","size":16,"logicalType":"decimal","precision":38,"scale":4}]},
          {"name":"day","type":{"type":"int","logicalType":"date"}},
          {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
          {"name":"fine","type":{"type":"long","logicalType":"timestamp-micros"}},
          {"name":"clock","type":{"type":"int","logicalType":"time-millis"}},
          {"name":"u","type":{"type":"string","logicalType":"uuid"}},
          {"name":"tags","type":{"type":"array","items":["null","string"]}},
          {"name":"points","type":{"type":"map","values":"int"}},
          {"name":"home","type":["null",{"type":"record","name":"place","fields":[
            {"name":"City","type":"string"},{"name":"unused","type":{"type":"array","items":"double"}},
            {"name":"next","type":["null","place"]}]}]},
          {"name":"either","type":["null","int","long","string"]}]}
        """;

    private const string EverythingColumns =
        "b boolean, i int, l bigint, f float, d double, s string, x binary, e string, m decimal(10,2), "
        + "w decimal(38,4), day date, at timestamp, fine timestamp, clock int, u string, tags array<string>, "
        + "points map<string,int>, home struct<city:string,next:struct<city:string>,zip:int>, either bigint, lost int";

    [Fact]
    public async Task Select_EveryType_GivesWhatTheLibraryWrote()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await CreateAsync(lake, "t", EverythingColumns, AvroLibrary.Write(Everything, "null", FillEverything, 2));

        var plain = await lake.ReadAsync("SELECT b, i, l, f, d, s, to_hex(x), e, m, w, day, clock, u, lost FROM t");
        Assert.True(!plain.StartsWith("Failed", StringComparison.Ordinal), plain);
        var times = await lake.ReadAsync("SELECT at, date_format(fine, '%T.%f') FROM t");
        var nested = await lake.ReadAsync("SELECT tags, points, home, home.next.city, either FROM t");

        Assert.Equal(
            "true|-5|9223372036854775807|0.1|1.0E300|é \"x\"|00FF|SPADE|-123.45|-1234567890123456789012345678.9012|"
            + "2026-11-23|36000000|0f8fad5b-d9cb-469f-a165-70867728950e|NULL\n"
            + "false|0|0|0.0|0.0|||HEART|0.00|NULL|1969-12-31|0|00000000-0000-0000-0000-000000000000|NULL",
            plain);
        Assert.Equal(
            "2026-11-23 10:00:00.123|10:00:00.123000\n1969-12-31 23:59:59.999|00:00:00.000000", times);
        Assert.Equal(
            "[a, null]|{k=1}|{city=Brno, next={city=Wien}, zip=null}|Wien|7\n[]|{}|NULL|NULL|NULL", nested);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("deflate")]
    [InlineData("snappy")]
    [InlineData("zstandard")]
    [InlineData("bzip2")]
    public async Task Select_EveryCodecOfManyBlocks_GivesAllRows(string codec)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await CreateAsync(lake, "t", "id bigint, name string", AvroLibrary.Write(Scores, codec, FillScore, 5000));
        await PutAsync(lake, "t", "b.avro", AvroLibrary.Write(Scores, codec, FillScore, 3));

        var sums = await lake.ReadAsync("SELECT count(*), sum(id), count(name), max(name) FROM t");
        var paths = await lake.ReadAsync("SELECT \"$path\", count(*) FROM t GROUP BY 1 ORDER BY 1");

        Assert.Equal("5003|12497503|4502|name 999", sums);
        Assert.Equal("s3://lake/t/a.avro|5000\ns3://lake/t/b.avro|3", paths);
    }

    [Fact]
    public async Task Select_SchemaLiteral_GivesDefaultsAndFindsAliases()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        const string Wanted = """
            {"type":"record","name":"score","fields":[
              {"name":"number","type":"long","aliases":["id"]},
              {"name":"level","type":"int","default":3},
              {"name":"tags","type":{"type":"array","items":"string"},"default":["x","y"]},
              {"name":"note","type":["null","string"],"default":null}]}
            """;
        await PutAsync(lake, "t", "a.avro", AvroLibrary.Write(Scores, "null", FillScore, 2));
        var created = await lake.ReadAsync(
            "CREATE EXTERNAL TABLE t (number bigint, level int, tags array<string>, note string) "
            + "ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.avro.AvroSerDe' "
            + $"WITH SERDEPROPERTIES ('avro.schema.literal' = '{Wanted}') STORED AS AVRO LOCATION 's3://lake/t/'");

        Assert.Equal("", created);
        Assert.Equal("0|3|[x, y]|NULL\n1|3|[x, y]|NULL", await lake.ReadAsync("SELECT * FROM t ORDER BY 1"));
    }

    [Theory]
    [InlineData("avro.schema.url", "s3://lake/schema.avsc", "NOT_SUPPORTED")]
    [InlineData("avro.schema.literal", "{", "HIVE_INVALID_METADATA")]
    [InlineData("avro.schema.literal", "\"int\"", "HIVE_INVALID_METADATA")]
    [InlineData("avro.schema.literals", "x", "NOT_SUPPORTED")]
    public async Task Select_PropertyThatIsNotHonoured_IsRefusedByName(string name, string value, string code)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.ReadAsync(
            "CREATE EXTERNAL TABLE t (id bigint) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.avro.AvroSerDe' "
            + $"WITH SERDEPROPERTIES ('{name}' = '{value}') STORED AS AVRO LOCATION 's3://lake/t/'");

        var answer = await lake.ReadAsync("SELECT id FROM t");

        Assert.StartsWith($"Failed: {code}", answer, StringComparison.Ordinal);
        Assert.Contains(name, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id int", "column 'id' of type integer is Avro's long in the file")]
    [InlineData("id string", "column 'id' of type varchar is Avro's long in the file")]
    [InlineData("id bigint, name int", "column 'name' of type integer is Avro's [null, string] in the file")]
    [InlineData("name array<string>", "column 'name' of type array(varchar) is Avro's [null, string] in the file")]
    public async Task Select_TypeClash_IsBadDataOfTheFile(string columns, string message)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await CreateAsync(lake, "t", columns, AvroLibrary.Write(Scores, "null", FillScore, 2));

        var answer = await lake.ReadAsync("SELECT * FROM t");

        Assert.StartsWith(
            $"Failed: HIVE_BAD_DATA: object 's3://lake/t/a.avro': {message}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_ValueOfAnUnionThatDoesNotFit_IsBadDataOfTheFile()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        const string Mixed = """
            {"type":"record","name":"r","fields":[{"name":"v","type":["null","int","string"]}]}
            """;
        var file = AvroLibrary.Write(Mixed, "null", (record, row) => record.Add("v", row == 2 ? "x" : row), 3);
        await CreateAsync(lake, "t", "v int", file);
        await CreateAsync(lake, "small", "v tinyint", AvroLibrary.Write(
            Mixed, "null", (record, _) => record.Add("v", 128), 1));

        Assert.Contains(
            "HIVE_BAD_DATA: object 's3://lake/t/a.avro': column 'v': a value of Avro's type string is not a valid "
            + "integer",
            await lake.ReadAsync("SELECT v FROM t"),
            StringComparison.Ordinal);
        Assert.Equal("3", await lake.ReadAsync("SELECT count(*) FROM t"));
        Assert.Contains(
            "column 'v': 128 is not a valid tinyint",
            await lake.ReadAsync("SELECT v FROM small"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_CutOrChangedFile_IsBadDataAndNeverOtherRows()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        var whole = AvroLibrary.Write(Scores, "snappy", FillScore, 500);
        await CreateAsync(lake, "t", "id bigint, name string", whole);
        var right = await lake.ReadAsync("SELECT sum(id), count(name), max(name) FROM t");
        var random = new Random(6);
        for (var round = 0; round < 40; round++)
        {
            var damaged = whole.ToArray();
            var at = random.Next(damaged.Length);
            if (round % 2 == 0)
            {
                damaged = damaged[..at];
            }
            else
            {
                damaged[at] ^= (byte)(1 << random.Next(8));
            }

            await PutAsync(lake, "t", "a.avro", damaged);

            // A changed letter of the schema may carry no meaning, or a name that the table does not have.
            var answer = await lake.ReadAsync("SELECT sum(id), count(name), max(name) FROM t");
            Assert.True(
                answer == right || answer.StartsWith("Failed: HIVE_", StringComparison.Ordinal)
                || answer.Contains("NULL", StringComparison.Ordinal) || damaged.Length == 0,
                $"{round}: {answer}");
        }
    }

    [Fact]
    public async Task Select_PartitionsAndOtherCodecs_AreReadOrRefusedByName()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);
        await PutAsync(lake, "p", "day=a/x.avro", AvroLibrary.Write(Scores, "null", FillScore, 2));
        await PutAsync(lake, "p", "day=b/x.avro", AvroLibrary.Write(Scores, "deflate", FillScore, 3));
        await lake.ReadAsync(
            "CREATE EXTERNAL TABLE p (id bigint) PARTITIONED BY (day string) STORED AS AVRO LOCATION 's3://lake/p/'");
        await lake.ReadAsync("MSCK REPAIR TABLE p");
        await lake.ReadAsync(
            "CREATE EXTERNAL TABLE o (id bigint) STORED AS ORC LOCATION 's3://lake/p/' "
            + "TBLPROPERTIES ('orc.column.index.access' = 'true')");

        Assert.Equal("a|2\nb|3", await lake.ReadAsync("SELECT day, count(*) FROM p GROUP BY 1 ORDER BY 1"));
        Assert.StartsWith(
            "Failed: HIVE_UNSUPPORTED_FORMAT", await lake.ReadAsync("SELECT * FROM o"), StringComparison.Ordinal);
    }

    private static void FillScore(GenericRecord record, int row)
    {
        record.Add("Id", (long)row);
        record.Add("name", row % 10 == 0 ? null : $"name {row}");
    }

    private static void FillEverything(GenericRecord record, int row)
    {
        var isFirst = row == 0;
        var schema = (RecordSchema)record.Schema;
        record.Add("b", isFirst);
        record.Add("i", isFirst ? -5 : 0);
        record.Add("l", isFirst ? long.MaxValue : 0L);
        record.Add("f", isFirst ? 0.1f : 0f);
        record.Add("d", isFirst ? 1e300 : 0d);
        record.Add("s", isFirst ? "é \"x\"" : "");
        record.Add("x", isFirst ? new byte[] { 0, 255 } : []);
        record.Add("e", new GenericEnum((EnumSchema)schema["e"].Schema, isFirst ? "SPADE" : "HEART"));
        record.Add("m", new AvroDecimal(isFirst ? -123.45m : 0.00m));
        var wide = new AvroDecimal(
            System.Numerics.BigInteger.Parse("-12345678901234567890123456789012"), 4);
        record.Add("w", isFirst ? wide : null);
        record.Add("day", isFirst ? new DateTime(2026, 11, 23) : new DateTime(1969, 12, 31));
        record.Add("at", isFirst
            ? new DateTime(2026, 11, 23, 10, 0, 0, 123, DateTimeKind.Utc)
            : DateTime.UnixEpoch.AddMilliseconds(-1));
        record.Add("fine", isFirst
            ? new DateTime(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc).AddMicroseconds(123456)
            : DateTime.UnixEpoch);
        record.Add("clock", isFirst ? TimeSpan.FromHours(10) : TimeSpan.Zero);
        record.Add("u", isFirst ? Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e") : Guid.Empty);
        record.Add("tags", isFirst ? new object?[] { "a", null } : []);
        record.Add("points", isFirst ? new Dictionary<string, object> { ["k"] = 1 } : []);
        var place = (RecordSchema)((UnionSchema)schema["home"].Schema).Schemas[1];
        record.Add("home", isFirst ? Place(place, "Brno", Place(place, "Wien", null)) : null);
        record.Add("either", isFirst ? 7 : null);
    }

    private static GenericRecord Place(RecordSchema schema, string city, GenericRecord? next)
    {
        var place = new GenericRecord(schema);
        place.Add("City", city);
        place.Add("unused", new object[] { 1.5, 2.5 });
        place.Add("next", next);
        return place;
    }

    private static async Task CreateAsync(QueryLake lake, string name, string columns, byte[] file)
    {
        await PutAsync(lake, name, "a.avro", file);
        Assert.Equal("", await lake.ReadAsync(
            $"CREATE EXTERNAL TABLE {name} ({columns}) STORED AS AVRO LOCATION 's3://lake/{name}/'"));
    }

    private static async Task PutAsync(QueryLake lake, string table, string name, byte[] bytes)
    {
        using var body = new MemoryStream(bytes);
        await lake.Objects.PutAsync(
            new ObjectKey("lake", $"{table}/{name}"), body, ObjectAttributes.None, CancellationToken.None);
    }
}
