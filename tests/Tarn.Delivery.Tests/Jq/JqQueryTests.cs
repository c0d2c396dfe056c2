using System.Diagnostics;
using System.Text.Json;
using Tarn.Delivery.Jq;
using Tarn.Delivery.Jq.Functions;
using Tarn.Delivery.Jq.Values;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Tests.Jq;

public sealed class JqQueryTests
{
    [Fact]
    public void Run_EachQueryOverEachInput_IsWhatJqGives()
    {
        var differences = new List<string>();
        var count = 0;
        foreach (var (query, expected) in JqTable.Rows)
        {
            var parsed = JqQuery.Parse(query, "query");
            for (var i = 0; i < expected.Length; i++)
            {
                var actual = Run(parsed, JqTable.Inputs[i]);
                count++;
                if (actual != expected[i])
                {
                    differences.Add($"{query}  of  {JqTable.Inputs[i]}\n  jq   {expected[i]}\n  here {actual}");
                }
            }
        }

        Assert.True(count > 4000, $"only {count} comparisons");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>The table is what jq itself says, where there is one.</summary>
    [JqFact]
    public async Task Table_EachRow_IsWhatTheInstalledJqPrints()
    {
        var inputs = string.Join('\n', JqTable.Inputs);
        foreach (var rows in JqTable.Rows.Chunk(60))
        {
            var queries = rows.Select(row => $"((try [({row.Query}\n)] catch \"fault\") | tojson)");
            var program = $"[{string.Join(",", queries)}] | join(\"\\t\")";
            var printed = await PrintAsync(program, inputs, CancellationToken.None);
            var lines = printed.TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<string>(line));
            var expected = Enumerable.Range(0, JqTable.Inputs.Count)
                .Select(input => string.Join('\t', rows.Select(row => row.Expected[input])));

            Assert.Equal(expected, lines);
        }
    }

    [JqFact]
    public async Task Functions_OfTheInstalledJq_AreAllTakenOrRefusedByName()
    {
        var builtins = await PrintAsync("[builtins] | flatten | sort | .[]", "null", CancellationToken.None);
        var names = builtins.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim('"')).ToList();

        var open = names
            .Select(name => (Name: name.Split('/')[0], Arity: int.Parse(name.Split('/')[1])))
            .Where(row => JqFunctions.Find(row.Name, row.Arity) is null && JqRefusals.OfFunction(row.Name) is null)
            .ToList();

        Assert.True(names.Count > 150);
        Assert.Equal([("split", 2)], open);
    }

    [Theory]
    [InlineData("1/0", "null")]
    [InlineData(".id", "{\"id\":12345678901234567890}")]
    [InlineData("{id}", "{\"id\":-9007199254740993}")]
    public void Run_WhereTheSubsetDiffersFromJq_IsAsThePageSays(string query, string input)
    {
        var expected = query switch
        {
            "1/0" => "\"fault\"",
            ".id" => "[12345678901234567890]",
            _ => "[{\"id\":-9007199254740993}]",
        };

        Assert.Equal(expected, Run(JqQuery.Parse(query, "query"), input));
    }

    [Theory]
    [InlineData("{a: .b}", "a")]
    [InlineData("{a: .b, \"c d\": 1, e, a: 2}", "a,c d,e")]
    [InlineData(".detail | {a: .b}", "a")]
    [InlineData("if .x then {a: 1, b: 2} else {b: 2, a: 1} end", "a,b")]
    [InlineData("{a: 1} + {b: 2}", "a,b")]
    [InlineData("({a: 1})", "a")]
    [InlineData("if .x then {a: 1} else {b: 2} end", null)]
    [InlineData(". + {b: 2}", null)]
    [InlineData("{(.a): 1}", null)]
    [InlineData(".", null)]
    public void ResultKeys_OfTheQuery_AreKnownWhereTheTextFixesThem(string query, string? expected)
    {
        var keys = JqQuery.Parse(query, "query").ResultKeys;

        Assert.Equal(expected, keys is null ? null : string.Join(',', keys));
    }

    [Theory]
    [InlineData("[range(0;1e9)]", ErrorKind.Unsupported, "1:2", "'range'")]
    [InlineData("now", ErrorKind.Unsupported, "1:1", "'now' is not supported: a partition key depends on nothing")]
    [InlineData("{a: .b,\n c: (. as $x | $x)}", ErrorKind.Unsupported, "2:8", "'as' (variables)")]
    [InlineData("reduce .[] as $x (0; .+$x)", ErrorKind.Unsupported, "1:1", "'reduce'")]
    [InlineData("def f: 1; f", ErrorKind.Unsupported, "1:1", "'def'")]
    [InlineData("try .a", ErrorKind.Unsupported, "1:1", "'try'")]
    [InlineData(".a = 1", ErrorKind.Unsupported, "1:4", "assignment (=)")]
    [InlineData(".a |= 1", ErrorKind.Unsupported, "1:4", "assignment (|=)")]
    [InlineData("..", ErrorKind.Unsupported, "1:1", "'..'")]
    [InlineData("$ENV.HOME", ErrorKind.Unsupported, "1:1", "$ENV")]
    [InlineData("@csv", ErrorKind.Unsupported, "1:1", "'@csv'")]
    [InlineData("test(.p)", ErrorKind.Unsupported, "1:6", "must be text in the query")]
    [InlineData("test(\"(a)\\\\1\")", ErrorKind.Unsupported, "1:6", "needs backtracking")]
    [InlineData("test(\"(?=a)b\")", ErrorKind.Unsupported, "1:6", "needs backtracking")]
    [InlineData("test(\"(a\")", ErrorKind.Invalid, "1:6", "not a regular expression")]
    [InlineData("strftime(\"%Q\")", ErrorKind.Unsupported, "1:10", "'%Q'")]
    [InlineData("strptime(\"%s\")", ErrorKind.Unsupported, "1:10", "'%s'")]
    [InlineData("strftime(.f)", ErrorKind.Unsupported, "1:10", "must be text in the query")]
    [InlineData("ascii_downcse", ErrorKind.Invalid, "1:1", "'ascii_downcse' is not known")]
    [InlineData("split(\"a\";\"b\";\"c\")", ErrorKind.Invalid, "1:1", "does not take 3 arguments")]
    [InlineData("{a: .b // 1}", ErrorKind.Invalid, "1:8", "'//' cannot stand in an object's value")]
    [InlineData("{a: .b + 1}", ErrorKind.Invalid, "1:8", "'+' cannot stand")]
    [InlineData("{a: if .b then 1 else 2 end}", ErrorKind.Invalid, "1:5", "'if' must stand in parentheses")]
    [InlineData("if .a then 1 end", ErrorKind.Invalid, "1:1", "if has no else")]
    [InlineData("1 == 1 == 1", ErrorKind.Invalid, "1:8", "do not chain")]
    [InlineData(".a.[0]", ErrorKind.Invalid, "1:3", "'.' before '['")]
    [InlineData("{1: 2}", ErrorKind.Invalid, "1:2", "'1' is no key")]
    [InlineData("{a: 1", ErrorKind.Invalid, "1:6", "',' is expected, not the end")]
    [InlineData(".a b", ErrorKind.Invalid, "1:4", "'b' is not expected")]
    [InlineData("\"abc", ErrorKind.Invalid, "1:1", "text is not closed")]
    [InlineData("\"a\\(1\"", ErrorKind.Invalid, "1:6", "text is not closed")]
    [InlineData("\"\\q\"", ErrorKind.Invalid, "1:2", "is no escape")]
    [InlineData(".a, ", ErrorKind.Invalid, "1:5", "the end is not expected")]
    [InlineData("'a'", ErrorKind.Invalid, "1:1", "begins nothing")]
    [InlineData("", ErrorKind.Invalid, "1:1", "the query is empty")]
    public void Parse_WhatIsRefused_NamesItAndWhere(string query, ErrorKind kind, string at, string expected)
    {
        var error = Assert.Throws<TarnException>(() => JqQuery.Parse(query, "MetadataExtractionQuery"));

        Assert.Equal(kind, error.Kind);
        Assert.StartsWith($"MetadataExtractionQuery {at}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepOrLongQuery_IsRefused()
    {
        var deep = new string('(', 200) + "1" + new string(')', 200);

        Assert.Contains("nested deeper", Refused(deep).Message, StringComparison.Ordinal);
        var objects = string.Concat(Enumerable.Repeat("{a:", 200));
        Assert.Contains("nested deeper", Refused(objects).Message, StringComparison.Ordinal);
        Assert.Contains("longer than", Refused(new string(' ', 6000)).Message, StringComparison.Ordinal);
        Assert.Equal("[1]", Run(JqQuery.Parse(new string('(', 40) + "1" + new string(')', 40), "query"), "null"));
    }

    [Theory]
    [InlineData("\"abcdefgh\" * 1e9", "characters and members")]
    [InlineData("[.[] | . * 1000000]", "characters and members")]
    [InlineData(
        "all(.[] | (.,.,.,.,.,.,.,.) | (.,.,.,.,.,.,.,.) | (.,.,.,.,.,.,.,.) | (.,.,.,.,.,.,.,.) | (.,.); .)",
        "steps")]
    public void Run_MoreThanARecordMayCost_EndsWithALimit(string query, string expected)
    {
        using var document = JsonDocument.Parse("[\"aaaaaaaaaa\",\"bbbbbbbbbb\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\"]");
        var fault = Assert.Throws<JqLimitFault>(() => JqQuery.Parse(query, "query").Run(document.RootElement).ToList());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static TarnException Refused(string query) =>
        Assert.Throws<TarnException>(() => JqQuery.Parse(query, "query"));

    private static string Run(JqQuery query, string input)
    {
        using var document = JsonDocument.Parse(input);
        try
        {
            return JqWriter.Write(JqValue.Of([.. query.Run(document.RootElement)]));
        }
        catch (JqFault)
        {
            return "\"fault\"";
        }
    }

    private static async Task<string> PrintAsync(string query, string input, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo("jq", ["-c", query])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        var printed = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return printed;
    }
}
