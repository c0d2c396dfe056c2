using System.Text.Json.Nodes;
using Tarn.Query.Executions;
using Tarn.Query.Workgroups;
using Tarn.Testing;

namespace Tarn.Query.Tests.Executions;

/// <summary>EXPLAIN in each of its types and formats.</summary>
public sealed class ExplainTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _directory = new();
    private QueryLake? _opened;

    private QueryLake Lake => _opened!;

    public async Task InitializeAsync()
    {
        _opened = await QueryLake.OpenAsync(_directory.Path);
        await Lake.CreateJsonTableAsync("games.scores", "player string; score int", "year int; place string");
        foreach (var (year, place) in new[] { ("2025", "eu"), ("2026", "eu"), ("2026", "us") })
        {
            await Lake.AddPartitionAsync("games.scores", year, place);
            await Lake.PutAsync("games.scores", $"{year}/{place}/a.json", "{\"player\":\"ann\",\"score\":1}\n");
        }

        await Lake.CreateParquetTableAsync("games.wide", "a bigint; b string");
        await Lake.PutParquetAsync(
            "games.wide", "a.parquet", "SELECT i AS a, repeat(md5(i::text), 9) AS b FROM range(5000) r(i)");
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Explain_Text_HasEstimateTablesAndTheTreeOfOperators()
    {
        var lines = await LinesAsync("EXPLAIN SELECT place, count(*) FROM scores WHERE year = 2026 GROUP BY place");

        Assert.Equal("Estimate: 54 bytes in 2 file(s), 0.00005 USD", lines[0]);
        Assert.Equal("  games.scores: 54 bytes in 2 file(s) in 2 partition(s), columns [place, year]", lines[1]);
        Assert.Equal("", lines[2]);
        Assert.Contains(lines, line => line.Contains("GROUP_BY", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("└─", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(_directory.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_AJoin_HasTwoChildrenAndNamesBothTables()
    {
        var lines = await LinesAsync("EXPLAIN SELECT s.player FROM scores s JOIN wide w ON w.a = s.score");

        Assert.Contains(lines, line => line.StartsWith("  games.scores: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  games.wide: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("JOIN", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("├─", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(_directory.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_ParquetColumns_EstimatesThoseThatAreReadOnly()
    {
        var one = await LinesAsync("EXPLAIN SELECT sum(a) FROM wide");
        var both = await LinesAsync("EXPLAIN SELECT sum(a), max(b) FROM wide");

        Assert.EndsWith("columns [a]", one[1], StringComparison.Ordinal);
        Assert.EndsWith("columns [a, b]", both[1], StringComparison.Ordinal);
        Assert.True(Bytes(one[0]) * 2 < Bytes(both[0]), $"{one[0]} against {both[0]}");

        static long Bytes(string line) => long.Parse(
            line.Split(' ')[1].Replace(",", "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("(TYPE DISTRIBUTED)", true)]
    [InlineData("(TYPE DISTRIBUTED, FORMAT TEXT)", true)]
    [InlineData("(TYPE LOGICAL)", false)]
    [InlineData("(FORMAT TEXT)", false)]
    public async Task Explain_TextOfAType_HasAFragmentWhenDistributed(string options, bool hasFragment)
    {
        var lines = await LinesAsync($"EXPLAIN {options} SELECT player FROM scores");

        Assert.StartsWith("Estimate: ", lines[0], StringComparison.Ordinal);
        Assert.Equal(hasFragment, lines.Contains("Fragment 0 [SINGLE]"));
    }

    [Theory]
    [InlineData("(FORMAT JSON)", true)]
    [InlineData("(FORMAT JSON, TYPE DISTRIBUTED)", true)]
    [InlineData("(TYPE LOGICAL, FORMAT JSON)", false)]
    public async Task Explain_Json_IsATreeOfNodes(string options, bool hasFragment)
    {
        var json = await JsonAsync($"EXPLAIN {options} SELECT count(*) FROM scores WHERE score > 0");

        Assert.Equal(81, (long)json["estimate"]!["scannedBytes"]!);
        Assert.Equal(3, (int)json["estimate"]!["files"]!);
        Assert.Equal(0.00005m, (decimal)json["estimate"]!["costUsd"]!);
        var nodes = All(hasFragment ? json["0"]! : json).ToList();
        Assert.True(nodes.Count > 1, "there is more than one operator");
        Assert.Equal(Enumerable.Range(0, nodes.Count), nodes.Select(node => int.Parse((string)node["id"]!)).Order());
        Assert.All(nodes, node => Assert.NotEmpty((string)node["name"]!));
        Assert.All(nodes, node => Assert.IsType<JsonObject>(node["descriptor"]));
        Assert.DoesNotContain(_directory.Path, json.ToJsonString(), StringComparison.Ordinal);

        static IEnumerable<JsonNode> All(JsonNode node) =>
            node["children"]!.AsArray().SelectMany(child => All(child!)).Prepend(node);
    }

    [Fact]
    public async Task Explain_Io_HasTablesConstraintsAndEstimates()
    {
        var json = await JsonAsync("""
            EXPLAIN (TYPE IO, FORMAT JSON)
            SELECT player FROM scores WHERE year = 2026 AND place IN ('us', 'eu') AND score > 10
            """);

        var table = Assert.Single(json["inputTableColumnInfos"]!.AsArray())!;
        Assert.Equal(
            """{"catalog":"awsdatacatalog","schemaTable":{"schema":"games","table":"scores"}}""",
            table["table"]!.ToJsonString());
        Assert.Equal(
            ["year integer [2026..2026]", "place varchar [eu..eu] [us..us]", "score integer (10..)"],
            table["columnConstraints"]!.AsArray().Select(constraint => Told(constraint!)));
        Assert.Equal(
            """
            {"outputRowCount":"NaN","outputSizeInBytes":54,"cpuCost":"NaN","maxMemory":"NaN","networkCost":"NaN",
            "files":2,"partitions":2}
            """.ReplaceLineEndings(""),
            table["estimate"]!.ToJsonString());
        Assert.Equal((54, 2), ((long)json["estimate"]!["outputSizeInBytes"]!, (int)json["estimate"]!["files"]!));
        Assert.Null(json["outputTable"]);
    }

    [Theory]
    [InlineData("year > 2024 AND year <= 2026", "(2024..2026]")]
    [InlineData("year BETWEEN 9 AND 2026 AND year >= 10", "[10..2026]")]
    [InlineData("year <> 2026", "(..2026) (2026..)")]
    [InlineData("year IN (2025, 2026, 2030) AND year < 2026", "[2025..2025]")]
    [InlineData("year = 2025 AND year = 2026", "")]
    [InlineData("place LIKE 'e%'", "[e..f)")]
    [InlineData("place >= 'eu' AND place < 'eu'", "")]
    public async Task Explain_IoOfConditions_IsWhatAllOfThemLeave(string condition, string expected)
    {
        var json = await JsonAsync($"EXPLAIN (TYPE IO) SELECT player FROM scores WHERE {condition}");

        var constraints = json["inputTableColumnInfos"]![0]!["columnConstraints"]!.AsArray();
        Assert.Equal(expected, Told(Assert.Single(constraints)!).Split(' ', 3).ElementAtOrDefault(2) ?? "");
    }

    [Fact]
    public async Task Explain_IoOfATable_HasDomainsInTrinosForm()
    {
        var json = await JsonAsync("EXPLAIN (TYPE IO) SELECT player FROM scores WHERE year > 2025");

        Assert.Equal(
            """
            {"nullsAllowed":false,"ranges":[{"low":{"value":"2025","bound":"ABOVE"},"high":{"bound":"BELOW"}}]}
            """.TrimEnd(),
            json["inputTableColumnInfos"]![0]!["columnConstraints"]![0]!["domain"]!.ToJsonString());
    }

    [Theory]
    [InlineData("INSERT INTO scores SELECT b, 1, 2026, 'eu' FROM wide", "scores")]
    [InlineData("CREATE TABLE other AS SELECT a FROM wide", "other")]
    public async Task Explain_IoOfAWrite_NamesWhatItWritesAndWritesNothing(string sql, string table)
    {
        var json = await JsonAsync($"EXPLAIN (TYPE IO) {sql}");

        Assert.Equal(
            $$$"""{"catalog":"awsdatacatalog","schemaTable":{"schema":"games","table":"{{{table}}}"}}""",
            json["outputTable"]!.ToJsonString());
        Assert.Equal("3", await Lake.ReadAsync("SELECT count(*) FROM scores", "games"));
        Assert.Equal("scores\nwide", await Lake.ReadAsync("SHOW TABLES", "games"));
    }

    [Fact]
    public async Task Explain_Validate_IsTrueOrTheStatementsOwnFailure()
    {
        Assert.Equal(["true"], await LinesAsync("EXPLAIN (TYPE VALIDATE) SELECT player FROM scores"));
        Assert.Equal(
            ["true"], await LinesAsync("EXPLAIN (TYPE VALIDATE) INSERT INTO scores SELECT b, 1, 2, b FROM wide"));
        Assert.StartsWith(
            "Failed: COLUMN_NOT_FOUND: line 1:33:",
            await Lake.ReadAsync("EXPLAIN (TYPE VALIDATE)  SELECT nothing FROM scores", "games"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainAnalyze_AQuery_RunsItAndTellsRowsAndTime()
    {
        var execution = await Lake.RunAsync("EXPLAIN ANALYZE SELECT count(*) FROM wide WHERE a < 7", "games");
        var lines = (await Lake.Queries.ReadAsync(execution.Id, 0, 1000, CancellationToken.None)).Rows
            .Select(row => row[0]!).ToList();

        Assert.Contains("Fragment 0 [SINGLE]", lines);
        Assert.Contains(lines, line => line.Contains("[rows: 7, CPU: ", StringComparison.Ordinal));
        Assert.True(execution.ScannedBytes > 0, "what it read is counted");
    }

    [Fact]
    public async Task ExplainAnalyze_Json_HasRowsOfEachOperator()
    {
        var json = await JsonAsync("EXPLAIN ANALYZE (FORMAT JSON) SELECT count(*) FROM wide WHERE a < 7");

        var text = json["0"]!.ToJsonString();
        Assert.Contains("\"rows\":7,\"cpuMilliseconds\":", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OverTheWorkgroupsLimit_IsNotRefusedAsItReadsNothing()
    {
        await Lake.Workgroups.PutAsync(
            new Workgroup { Name = "small", ScannedBytesMax = 10 }, CancellationToken.None);

        var plan = await Lake.RunAsync("EXPLAIN SELECT b FROM wide", "games", "small");
        var run = await Lake.RunAsync("EXPLAIN ANALYZE SELECT b FROM wide", "games", "small");

        Assert.Equal((QueryState.Succeeded, 0), (plan.State, plan.ScannedBytes));
        Assert.Equal((QueryState.Failed, "BYTES_SCANNED_LIMIT_EXCEEDED"), (run.State, run.ErrorCode));
    }

    [Theory]
    [InlineData("EXPLAIN (FORMAT GRAPHVIZ) SELECT 1", "EXPLAIN (FORMAT GRAPHVIZ) is not supported")]
    [InlineData("EXPLAIN ANALYZE VERBOSE SELECT 1", "EXPLAIN ANALYZE VERBOSE is not supported")]
    [InlineData("EXPLAIN ANALYZE INSERT INTO wide SELECT 1, 'a'", "EXPLAIN ANALYZE is for queries only")]
    [InlineData("EXPLAIN SHOW TABLES", "EXPLAIN of this statement is not supported")]
    [InlineData("EXPLAIN CREATE DATABASE x", "EXPLAIN of this statement is not supported")]
    public async Task Explain_WhatIsNotThere_IsRefusedByName(string sql, string words)
    {
        var execution = await Lake.RunAsync(sql, "games");

        Assert.Equal("NOT_SUPPORTED", execution.ErrorCode);
        Assert.Contains(words, execution.StateChangeReason, StringComparison.Ordinal);
    }

    /// <summary>Name, type and ranges of a constraint, such as <c>year integer [2025..2026) (2027..)</c>.</summary>
    private static string Told(JsonNode constraint)
    {
        var ranges = constraint["domain"]!["ranges"]!.AsArray()
            .Select(range => $" {End(range!["low"]!, "[", "(")}..{End(range["high"]!, "]", ")")}");
        return $"{constraint["columnName"]} {constraint["type"]}{string.Concat(ranges)}";

        static string End(JsonNode marker, string closed, string open)
        {
            var value = (string?)marker["value"] ?? "";
            var bracket = (string)marker["bound"]! == "EXACTLY" ? closed : open;
            return bracket is "[" or "(" ? bracket + value : value + bracket;
        }
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string sql) =>
        (await Lake.ReadAsync(sql, "games")).Split('\n');

    private async Task<JsonObject> JsonAsync(string sql) =>
        JsonNode.Parse(await Lake.ReadAsync(sql, "games"))!.AsObject();
}
