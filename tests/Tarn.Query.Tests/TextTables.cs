using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;

namespace Tarn.Query.Tests;

/// <summary>Small tables of delimited text and CSV for <c>cases/text.test</c>, in database t.</summary>
internal static class TextTables
{
    private const string All =
        "b boolean; t tinyint; s smallint; i int; l bigint; r float; d double; m decimal(10,2); w decimal(38,3);"
        + " v string; x binary; day date; at timestamp";

    public static async Task CreateAsync(QueryLake lake)
    {
        await lake.Catalog.CreateDatabaseAsync(new Database { Name = "t" }, CancellationToken.None);
        await LazyAsync(lake);
        await NestedAsync(lake);
        await CsvAsync(lake);
        await PartitionsAsync(lake);
        await RefusedAsync(lake);
    }

    public static Task OfAsync(
        QueryLake lake,
        string name,
        string columns,
        string serDe,
        Dictionary<string, string> properties,
        string lines,
        string file = "a.csv",
        Dictionary<string, string>? parameters = null) =>
        OfAsync(lake, name, columns, serDe, properties, [(file, lines)], parameters ?? []);

    private static async Task OfAsync(
        QueryLake lake,
        string name,
        string columns,
        string serDe,
        Dictionary<string, string> properties,
        (string File, string Lines)[] files,
        Dictionary<string, string> parameters)
    {
        await lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("t", name),
                Parameters = parameters,
                Storage = new StorageDescriptor
                {
                    Columns = Columns(columns),
                    Location = QueryLake.Location("t." + name),
                    InputFormat = SerDeNames.TextInputFormat,
                    SerDe = serDe,
                    SerDeParameters = properties,
                },
            },
            CancellationToken.None);
        foreach (var (file, lines) in files)
        {
            await lake.PutAsync("t." + name, file, lines);
        }
    }

    private static async Task LazyAsync(QueryLake lake)
    {
        var comma = new Dictionary<string, string> { ["field.delim"] = ",", ["serialization.format"] = "," };
        await OfAsync(
            lake,
            "all",
            All,
            SerDeNames.LazySimple,
            comma,
            "TRUE,-128,32767,2147483647,9223372036854775807,0.1,1e300,2.345,12345678901234567890123456789012345.6785,"
            + "a b,AQL/,2026-11-23,2026-11-23 10:00:00.123456\r\n"
            + "yes,128,x,1.9,-9223372036854775809,y,z,12345678901.5,q,,not base64,23.11.2026,2026-11-23T10:00:00Z\n"
            + "\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N,\\N\n"
            + "false,+5,-3\n\n");
        await OfAsync(lake, "plain", "a string; b int", "", [], "x\u00012\ny\u0001\n");
        await OfAsync(lake, "tabs", "a string; b string", SerDeNames.LazySimple, new() { ["field.delim"] = "9" },
            "x\ty\n");
        await OfAsync(
            lake,
            "escaped",
            "a string; b string; c string",
            SerDeNames.LazySimple,
            new() { ["field.delim"] = "|", ["escape.delim"] = "\\", ["serialization.null.format"] = "NULL" },
            "one\\|two|a\\\\b|line\\nbreak\nNULL||null\n");
        await OfAsync(
            lake,
            "rest",
            "a string; b string",
            SerDeNames.LazySimple,
            new() { ["field.delim"] = ",", ["serialization.last.column.takes.rest"] = "true" },
            "x,y,z,,\n");
        await OfAsync(
            lake,
            "odd",
            "a string; b int; c string",
            SerDeNames.LazySimple,
            comma,
            "only\n1,2,3,4,5\n\u00e9,7,\u4e2d\n",
            "name with spaces & (brackets).csv");
        foreach (var (file, text) in new[]
        {
            ("a.csv", "a,1\n"), ("b.csv.gz", "b,2\n"), ("c.csv.bz2", "c,3\n"), ("d.csv.zst", "d,4\n"),
            ("e.csv.snappy", "e,5\n"), ("f.zip", "f,6\n"), ("k.csv.lz4", "k,11\n"),
            ("_tmp/g.csv", "g,7\n"), (".h.csv", "h,8\n"),
            ("sub/i.csv", "i,9\n"), ("sub/_j.csv", "j,10\n"), ("empty.csv", ""),
        })
        {
            if (file == "a.csv")
            {
                await OfAsync(lake, "packed", "a string; b int", SerDeNames.LazySimple, comma, text);
            }
            else
            {
                await lake.PutAsync("t.packed", file, text);
            }
        }

        await OfAsync(
            lake,
            "headed",
            "a string; b int",
            SerDeNames.LazySimple,
            comma,
            [("a.csv", "\ufeffa,b\n# more\nx,1\n"), ("b.csv.gz", "a,b\n# more\ny,2\nz,3\n"), ("c.csv", "a,b\n")],
            new() { ["skip.header.line.count"] = "2" });
    }

    private static async Task NestedAsync(QueryLake lake)
    {
        await OfAsync(
            lake,
            "nested",
            "id int; a array<int>; m map<string,double>; s struct<x:int,y:string>; aa array<array<string>>;"
                + " am array<map<int,string>>",
            SerDeNames.LazySimple,
            new() { ["field.delim"] = ",", ["colelction.delim"] = "|", ["mapkey.delim"] = ":" },
            "1,1|2|\\N|x,a:1.5|b:\\N|a:9|c,7|seven|more,a:b|c,1\u0004one:2\u0004two|3\u0004three\n"
            + "2,,,,,\n3,\\N,\\N,\\N,\\N,\\N\n4,5,k:1,8,q,4\u0004f\n");
        await OfAsync(
            lake,
            "deep",
            "a array<array<array<array<array<array<array<array<int>>>>>>>>",
            SerDeNames.LazySimple,
            [],
            "1\n");
    }

    private static async Task CsvAsync(QueryLake lake)
    {
        await OfAsync(
            lake,
            "csv",
            "a string; b string; c string",
            SerDeNames.OpenCsv,
            [],
            "x,\"y, z\",\"say \"\"hi\"\"\"\n\"a\\\"b\",\"c\\\\d\",e\\f\n,\"\",\none\n1,2,3,4\n\"a\" , b ,c\n");
        await OfAsync(
            lake,
            "csv_custom",
            "a string; b string",
            SerDeNames.OpenCsv,
            new() { ["separatorChar"] = ";", ["quoteChar"] = "'", ["escapeChar"] = "!" },
            "'a;b';'it!'s'\n\"q\";!x\n");
        await OfAsync(
            lake,
            "csv_typed",
            "b boolean; i int; l bigint; d double; m decimal(10,2); day date; at timestamp; v string",
            SerDeNames.OpenCsv,
            [],
            "\"true\",\"1\",\"-2\",\"1.5\",\"2.50\",\"18276\",\"1579059880000\",\"x\"\nFALSE,2,3,1e3,7,-1,0,\n");
        foreach (var (name, type, line) in new[]
        {
            ("empty_number", "int", "\"\""), ("text_number", "bigint", "abc"), ("fraction", "int", "1.5"),
            ("date_text", "date", "2026-11-23"), ("time_text", "timestamp", "2026-11-23 10:00:00"),
            ("open", "string", "\"abc"),
        })
        {
            await OfAsync(lake, "csv_bad_" + name, "v " + type, SerDeNames.OpenCsv, [], "0\n" + line + "\n");
        }

        await OfAsync(
            lake,
            "csv_forgiving",
            "a int; b string",
            SerDeNames.OpenCsv,
            [],
            "h1,h2\n,x\n5,y\nq,z\n",
            parameters: new() { ["skip.header.line.count"] = "1", ["use.null.for.invalid.data"] = "TRUE" });
        await OfAsync(lake, "csv_nested", "a array<int>", SerDeNames.OpenCsv, [], "1\n");
    }

    private static async Task PartitionsAsync(QueryLake lake)
    {
        await lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("t", "parted"),
                PartitionKeys = Columns("day string; n int"),
                Storage = new StorageDescriptor
                {
                    Columns = Columns("a string; b bigint; c string"),
                    Location = QueryLake.Location("t.parted"),
                    SerDe = SerDeNames.LazySimple,
                    SerDeParameters = new Dictionary<string, string> { ["field.delim"] = "," },
                },
            },
            CancellationToken.None);
        await lake.PutAsync("t.parted", "one/a.csv", "x,1,p\n");
        await lake.PutAsync("t.elsewhere", "deep/b.json", "{\"b\":2,\"A\":\"y\"}\n");
        await lake.PutAsync("t.parted", "three/c.csv", "z|3\n");
        await lake.PutAsync("t.parted", "five/e.csv", "w,5,q\n");
        var json = new StorageDescriptor { Columns = Columns("b int; a string"), SerDe = SerDeNames.OpenXJson };
        var piped = new StorageDescriptor
        {
            Columns = Columns("first string; second int"),
            SerDe = SerDeNames.LazySimple,
            SerDeParameters = new Dictionary<string, string> { ["field.delim"] = "|" },
        };
        var bad = piped with { Columns = Columns("a string; b string") };
        var one = Partition("2026-11-21", "1", QueryLake.Location("t.parted") + "one/", null);
        await lake.Catalog.AddPartitionsAsync(
            new TableName("t", "parted"),
            [
                one,
                Partition("2026-11-22", "2", "s3://lake/t/elsewhere/deep", json),
                Partition("2026-11-23", "3", QueryLake.Location("t.parted") + "three/", piped),
                Partition("2026-11-24", "4", "s3://lake/t/gone/", null),
                Partition("2026-11-24", "5", "s3://no-such-bucket/t/gone/", null),
                Partition("2026-11-25", "6", QueryLake.Location("t.parted") + "five/", bad),
                Partition("__HIVE_DEFAULT_PARTITION__", "7", QueryLake.Location("t.parted") + "five/", null),
            ],
            CancellationToken.None);
    }

    private static async Task RefusedAsync(QueryLake lake)
    {
        await OfAsync(lake, "orc", "a string", SerDeNames.Orc, [], "x\n");
        await OfAsync(lake, "ion", "a string", SerDeNames.Ion, [], "x\n");
        await OfAsync(lake, "multi", "a string", SerDeNames.LazySimple, new() { ["field.delim"] = "||" }, "x\n");
        await OfAsync(lake, "unknown", "a string", SerDeNames.LazySimple, new() { ["field.delimiter"] = "," }, "x\n");
        await OfAsync(lake, "mixed", "a string", SerDeNames.Parquet, [], "x\n");
        await OfAsync(
            lake, "footed", "a string", "", [], "x\n", parameters: new() { ["skip.footer.line.count"] = "1" });
    }

    private static Partition Partition(string day, string n, string location, StorageDescriptor? storage) =>
        new([day, n], location, DateTimeOffset.UnixEpoch) { Storage = storage };

    private static List<Column> Columns(string text) => [.. text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(column => column.Split(' ', 2))
        .Select(pair => new Column(pair[0], pair[1]))];
}
