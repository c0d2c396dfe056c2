using Tarn.Formats.SerDes;

namespace Tarn.Query.Tests;

/// <summary>Small JSON tables for <c>cases/json.test</c>, one kind of file or property each.</summary>
internal static class JsonTables
{
    private const string All =
        "b boolean; t tinyint; s smallint; i int; l bigint; r float; d double; m decimal(10,2); w decimal(38,3);"
        + " v string; x binary; day date; at timestamp";

    private const string Full = """
        {"B":true,"T":-128,"S":"32767","I":2147483647,"L":9223372036854775807,"R":0.1,"D":1e300,"M":2.345,
        "W":12345678901234567890123456789012345.6785,"V":"a\u00e9\n","X":"AQL/","DAY":"2026-11-23",
        "AT":"2026-11-23T10:00:00+01:00"}
        """;

    public static async Task CreateAsync(QueryLake lake)
    {
        await OfAsync(lake, "everything", All, [], Full.ReplaceLineEndings("") + "\n{}\n\n  \n");
        await OfAsync(
            lake,
            "texts",
            "v string; l bigint; d double; at timestamp; day date",
            [],
            """
            {"v":1.50,"l":"12","d":"NaN","at":1700000000,"day":"2026-11-23 10:00"}
            {"v":{"A" : [1, "x y"]},"l":1.0,"d":"-Infinity","at":"1700000000123"}
            {"v":true,"l":2e3,"d":"1.5","at":1700000000.5}
            """);
        await OfAsync(
            lake,
            "nested",
            "id int; a array<bigint>; o struct<UserId:int,tags:array<string>,cost:decimal(20,2)>;"
                + " m map<string,double>; k map<int,timestamp>",
            [],
            """
            {"ID":1,"A":[1,"2",null],"O":{"USERID":7,"Tags":["p",5,{"q": 1}],"extra":{},"cost":1.005},
            "M":{"Ab":1,"c":null},"K":{"7":"2026-11-23"}}
            {"id":2,"a":[],"o":{},"m":{},"k":null}
            """.ReplaceLineEndings("\n").Replace(",\n", ",", StringComparison.Ordinal));
        await OfAsync(
            lake,
            "mapped",
            "id int; stamp string; a_b int",
            new() { ["mapping.stamp"] = "TS", ["dots.in.keys"] = "true", ["serialization.format"] = "1" },
            """{"Id":1,"ts":"x","stamp":"no","A.b":3}""");
        await OfAsync(
            lake,
            "exact",
            "id int; url1 string; url2 string",
            new() { ["case.insensitive"] = "FALSE", ["mapping.url1"] = "URL", ["mapping.url2"] = "Url" },
            """{"ID":9,"id":1,"URL":"a","Url":"b"}""");
        await OfAsync(
            lake,
            "lenient",
            "a int; b string",
            new() { ["ignore.malformed.json"] = "TRUE" },
            "{\"a\":1}\n{\"a\":2,\n3\n");
        await OfAsync(
            lake,
            "forgiving",
            "a int; b array<int>; c int",
            new() { ["use.null.for.invalid.data"] = "true" },
            """{"a":1.5,"b":[1,"x",{"y":[2]}],"c":3}""");
        await HiveAsync(lake);
        await BadAsync(lake);
    }

    private static async Task HiveAsync(QueryLake lake)
    {
        await lake.CreateTableAsync("j.hive", "id int; x binary; v string", "", SerDeNames.HiveJson);
        await lake.PutAsync("j.hive", "a.json.zst", "{\"Id\":\"010\",\"X\":\"ab\",\"v\":1}\n");
        await lake.CreateTableAsync("j.hive_text", "v string", "", SerDeNames.HiveJson);
        await lake.PutAsync("j.hive_text", "a.json", "{\"v\":{\"a\":1}}\n");
        await lake.CreateTableAsync(
            "j.hive_mapped", "v string", "", SerDeNames.HiveJson, new() { ["mapping.v"] = "w" });
        await OfAsync(lake, "formats", "v string", new() { ["timestamp.formats"] = "yyyy" }, "{}");
        await OfAsync(lake, "unknown", "v string", new() { ["case.sensitive"] = "true" }, "{}");
        await OfAsync(lake, "clash", "a int; b int", new() { ["mapping.a"] = "B" }, "{}");
    }

    private static async Task BadAsync(QueryLake lake)
    {
        var bad = new Dictionary<string, (string Type, string Line)>
        {
            ["fraction"] = ("bigint", """{"v":1.5}"""),
            ["range"] = ("tinyint", """{"v":128}"""),
            ["octal"] = ("int", """{"v":"010"}"""),
            ["word"] = ("boolean", """{"v":"yes"}"""),
            ["part"] = ("int", """{"v":[1]}"""),
            ["infinite"] = ("double", """{"v":1e999}"""),
            ["wide"] = ("decimal(38,2)", """{"v":1234567890123456789012345678901234567}"""),
            ["date"] = ("date", """{"v":"23.11.2026"}"""),
            ["inner"] = ("array<struct<n:int>>", """{"v":[{"n":1},{"N":0.5}]}"""),
            ["twice"] = ("int", """{"v":1,"V":2}"""),
            ["cut"] = ("int", """{"v":1"""),
            ["two"] = ("int", """{"v":1}{"v":2}"""),
            ["list"] = ("int", "[1]"),
            ["base"] = ("binary", """{"v":"*"}"""),
        };
        foreach (var (name, (type, line)) in bad)
        {
            await OfAsync(lake, "bad_" + name, "v " + type, [], "{\"v\":null}\n\n" + line + "\n");
        }
    }

    private static async Task OfAsync(
        QueryLake lake, string name, string columns, Dictionary<string, string> properties, string lines)
    {
        await lake.CreateTableAsync("j." + name, columns, "", SerDeNames.OpenXJson, properties);
        await lake.PutAsync("j." + name, "a.json", lines);
    }
}
