using System.Text;
using System.Text.Json.Nodes;
using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>Sinks into streams.</summary>
public sealed class StreamSinkTests
{
    private const string PerUser =
        "CREATE MATERIALIZED VIEW per_user AS SELECT user_id, count(*) AS n, sum(score) AS total FROM scores "
        + "GROUP BY user_id";

    private const string Big =
        "CREATE MATERIALIZED VIEW big WITH (ttl = '1 day') AS SELECT user_id, score FROM scores WHERE score > 10";

    private const string Fast = "WITH (commit_interval = '10 milliseconds')";

    [Fact]
    public async Task UpdatingView_Changes_LeaveAsUpserts()
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.RunAsync($"CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON {Fast}");
        await lake.PutAsync(Score("ada", 5), Score("bob", 7));
        await lake.SettleAsync("s");
        await lake.PutAsync(Score("ada", 1));
        await lake.SettleAsync("s");

        var last = await LastByUserAsync(lake);

        Assert.Equal(["ada 2 6", "bob 1 7"], last);
    }

    [Fact]
    public async Task Create_ViewHoldsRows_LeaveFirst()
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.PutAsync(Score("ada", 5), Score("bob", 7));
        await lake.CatchUpAsync("per_user");

        await lake.RunAsync($"CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON {Fast}");
        await lake.SettleAsync("s");

        Assert.Equal(["ada 1 5", "bob 1 7"], await LastByUserAsync(lake));
        Assert.Equal(2, (await lake.RecordsAsync("out")).Count);
    }

    [Fact]
    public async Task GroupRemovedByTtl_LeavesAsRemoval()
    {
        await using var lake = await OpenAsync(
            "CREATE MATERIALIZED VIEW per_user WITH (ttl = '1 second') AS SELECT user_id, count(*) AS n FROM scores "
            + "GROUP BY user_id");
        await lake.RunAsync($"CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON {Fast}");
        await lake.PutAsync(Score("ada", 5));
        await lake.SettleAsync("s");

        var records = await OnceThereAsync(lake, 2);

        Assert.Equal("remove", (string?)records[^1]["op"]);
        Assert.Equal(["op", "version", "user_id"], records[^1].Select(pair => pair.Key));
        Assert.True((long)records[^1]["version"]! > (long)records[0]["version"]!);
    }

    [Fact]
    public async Task RecordView_Rows_LeavePlainAndOnce()
    {
        await using var lake = await OpenAsync(Big);
        await lake.RunAsync(
            "CREATE SINK s FROM big INTO STREAM 'out' FORMAT JSON "
            + "WITH (commit_interval = '10 milliseconds', partition_key = user_id)");
        await lake.PutAsync(Score("ada", 11), Score("ada", 11), Score("bob", 3), Score("bob", 40));
        await lake.SettleAsync("s");
        await lake.RestartAsync();
        await lake.PutAsync(Score("eve", 12));
        await lake.SettleAsync("s");

        Assert.Equal(
            [
                """{"user_id":"ada","score":11}""", """{"user_id":"ada","score":11}""",
                """{"user_id":"bob","score":40}""", """{"user_id":"eve","score":12}""",
            ],
            await lake.PayloadsAsync("out"));
        Assert.Equal(
            ["ada", "ada", "bob", "eve"],
            (await lake.RecordsAsync("out")).Select(record => Encoding.UTF8.GetString(record.PartitionKey.Span)));
    }

    [Fact]
    public async Task RecordView_Emitted_IsNotHeldAnyLonger()
    {
        await using var lake = await OpenAsync(Big);
        await lake.RunAsync($"CREATE SINK s FROM big INTO STREAM 'out' FORMAT JSON {Fast}");
        await lake.PutAsync([.. Enumerable.Range(0, 100).Select(i => Score("ada", 11 + i))]);
        await lake.SettleAsync("s");

        Assert.Equal(0, lake.Engine.FindSink("s")!.Loop.Status().Groups);
        Assert.Equal(100, lake.Status("big").Groups);
        Assert.Equal(100, (await lake.RecordsAsync("out")).Count);
    }

    [Fact]
    public async Task TargetMissing_TriesAgainUntilItIsThere()
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.RunAsync($"CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON {Fast}");
        await lake.Streams.DeleteAsync("out", CancellationToken.None);
        await lake.PutAsync(Score("ada", 5));
        var status = await OnceAsync(lake, sink => sink.Phase == SinkPhase.Retrying);

        await lake.Streams.CreateAsync(new StreamSpec { Name = "out", ShardCount = 2 }, CancellationToken.None);
        await lake.SettleAsync("s");

        Assert.Contains("stream 'out' does not exist", status.Error, StringComparison.Ordinal);
        Assert.Equal(["ada 1 5"], await LastByUserAsync(lake));
    }

    [Fact]
    public async Task Paused_PutsNothingOut_UntilResumed()
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.RunAsync($"CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON {Fast}");
        await lake.Engine.PauseAsync("s", CancellationToken.None);
        await lake.RestartAsync();
        await lake.PutAsync(Score("ada", 5));
        await lake.CatchUpAsync("per_user");
        var paused = (Assert.Single(lake.Engine.ListSinks()).Phase, (await lake.RecordsAsync("out")).Count);

        await lake.Engine.ResumeAsync("s", CancellationToken.None);
        await lake.SettleAsync("s");

        Assert.Equal((SinkPhase.Paused, 0), paused);
        Assert.Equal(["ada 1 5"], await LastByUserAsync(lake));
    }

    [Fact]
    public async Task RecordTooLargeForTarget_StopsWithReason_ResumesWhenItFits()
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.Streams.CreateAsync(
            new StreamSpec { Name = "narrow", RecordBytesMax = 1 << 20 }, CancellationToken.None);
        await lake.RunAsync(
            "CREATE MATERIALIZED VIEW long WITH (ttl = '1 day') AS SELECT repeat(user_id, 1100000) AS u FROM scores");
        await lake.RunAsync($"CREATE SINK s FROM long INTO STREAM 'narrow' FORMAT JSON {Fast}");
        await lake.PutAsync(Score("a", 5));
        var status = await OnceAsync(lake, sink => sink.Phase == SinkPhase.Failed);

        await lake.Streams.ConfigureAsync(
            "narrow", spec => spec with { RecordBytesMax = 2 << 20 }, CancellationToken.None);
        await lake.Engine.ResumeAsync("s", CancellationToken.None);
        await lake.SettleAsync("s");

        Assert.Contains("stream 'narrow' did not take 1 records", status.Error, StringComparison.Ordinal);
        Assert.Single(await lake.RecordsAsync("narrow"));
    }

    [Fact]
    public async Task ViewWithSink_IsNeitherDroppedNorReplaced()
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.RunAsync("CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON");

        var drop = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync("DROP MATERIALIZED VIEW per_user"));
        var replace = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(
            PerUser.Replace("CREATE", "CREATE OR REPLACE", StringComparison.Ordinal) + ", game"));
        var source = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync("DROP SOURCE scores"));
        await lake.RunAsync("DROP SINK s");
        var dropped = await lake.RunAsync("DROP MATERIALIZED VIEW per_user");

        Assert.Equal("materialized view 'per_user' is not dropped: sink 's' reads it", drop.Message);
        Assert.Equal("materialized view 'per_user' is not replaced: sink 's' reads it", replace.Message);
        Assert.Contains("'scores' is read by", source.Message, StringComparison.Ordinal);
        Assert.Equal("dropped materialized view per_user", dropped);
        Assert.Empty(Directory.EnumerateDirectories(lake.ViewsDirectory));
    }

    [Theory]
    [InlineData("CREATE SINK s FROM per_user INTO STREAM 'outt' FORMAT JSON", "stream 'outt' of sink 's' does not")]
    [InlineData("CREATE SINK s FROM nothing INTO STREAM 'out' FORMAT JSON", "view 'nothing' of sink 's' does not")]
    [InlineData("CREATE SINK s FROM per_user INTO STREAM 'scores' FORMAT JSON", "would read what it puts into stream")]
    [InlineData("CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT CSV", "FORMAT CSV of sink 's' is not supported")]
    [InlineData("CREATE SINK s FROM per_user INTO STREAM 'out'", "expected FORMAT")]
    [InlineData("CREATE SINK s FROM per_user INTO FILE 'out'", "expected STREAM 'name', TABLE")]
    [InlineData("CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON WITH (location = 's3://a/')",
        "option location needs INTO TABLE")]
    [InlineData("CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON WITH (partition_key = nobody)",
        "view 'per_user' has no column 'nobody'")]
    [InlineData("CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON WITH (partition_key = n)",
        "column 'n' of view 'per_user' cannot be the partition key")]
    [InlineData("CREATE SINK s FROM many INTO STREAM 'out' FORMAT JSON", "which of its rows changed cannot be told")]
    [InlineData("CREATE SINK per_user FROM per_user INTO STREAM 'out' FORMAT JSON", "'per_user' is a material")]
    [InlineData("CREATE SINK s AS SELECT 1 INTO STREAM 'out' FORMAT JSON", "CREATE SINK s AS SELECT is not supported")]
    [InlineData("CREATE OR REPLACE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON", "OR REPLACE SINK is not")]
    [InlineData("DROP SINK s", "sink 's' does not exist")]
    public async Task Statement_ThatCannotBe_IsRefused(string sql, string reason)
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.RunAsync(
            "CREATE MATERIALIZED VIEW many AS SELECT user_id FROM scores GROUP BY user_id HAVING count(*) > 2");

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(sql));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(lake.Engine.ListSinks());
    }

    [Fact]
    public async Task Create_OverAnotherSinkBackToItsSource_IsRefused()
    {
        await using var lake = await OpenAsync(PerUser);
        await lake.RunAsync("CREATE SINK one FROM per_user INTO STREAM 'out' FORMAT JSON");
        await lake.RunAsync("CREATE SOURCE outs (user_id VARCHAR, n BIGINT) FROM STREAM 'out' FORMAT JSON");
        await lake.RunAsync(
            "CREATE MATERIALIZED VIEW back AS SELECT user_id, max(n) AS score FROM outs GROUP BY user_id");

        var refusal = await Assert.ThrowsAsync<TarnException>(() => lake.RunAsync(
            "CREATE SINK two FROM back INTO STREAM 'scores' FORMAT JSON"));

        Assert.Equal("it comes back to it in stream 'out'", refusal.Detail);
    }

    [Fact]
    public async Task ShowAndDescribe_GiveTheSink()
    {
        await using var lake = await OpenAsync(PerUser);
        const string Sql = "CREATE SINK s FROM per_user INTO STREAM 'out' FORMAT JSON WITH (partition_key = user_id)";
        await lake.RunAsync(Sql);
        await lake.PutAsync(Score("ada", 5));
        await lake.SettleAsync("s");

        var shown = await lake.ReadAsync("SHOW SINKS");
        var create = string.Join('\n', (await lake.ReadAsync("SHOW CREATE SINK s")).Rows.Select(row => row[0]));
        var again = await lake.RunAsync(Sql);
        var explained = await lake.ReadAsync("EXPLAIN SINK s");
        var described = await lake.ReadAsync("DESCRIBE SINK s");

        Assert.Equal(
            ["s", "per_user", "stream out", "running", "1", "1", "0", null], Assert.Single(shown.Rows));
        Assert.Equal(
            "CREATE SINK s\n  FROM default.per_user\n  INTO STREAM 'out' FORMAT JSON WITH (partition_key = 'user_id')",
            create);
        Assert.Equal("sink s is unchanged", again);
        Assert.Equal("sink s into stream out", explained.Rows[0][0]);
        Assert.Contains(described.Rows, row => row.SequenceEqual(["target", "stream", "out", null]));
    }

    private static async Task<Lake> OpenAsync(string view)
    {
        var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(new StreamSpec { Name = "out", ShardCount = 2 }, CancellationToken.None);
        await lake.RunAsync(view);
        return lake;
    }

    private static string Score(string user, int score) => $$"""{"user_id":"{{user}}","score":{{score}}}""";

    private static async Task<IReadOnlyList<JsonObject>> OutAsync(Lake lake) =>
        [.. (await lake.RecordsAsync("out")).OrderBy(record => record.SequenceNumber)
            .Select(record => JsonNode.Parse(record.Data.Span)!.AsObject())];

    private static async Task<IReadOnlyList<JsonObject>> OnceThereAsync(Lake lake, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await OutAsync(lake) is var records && records.Count >= count)
            {
                return records;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task<SinkStatus> OnceAsync(Lake lake, Func<SinkStatus, bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (lake.Engine.ListSinks().FirstOrDefault(isSo) is { } status)
            {
                return status;
            }

            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>What a reader that applies all records has: the rows by user, as text.</summary>
    private static async Task<IReadOnlyList<string>> LastByUserAsync(Lake lake)
    {
        var last = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in await OutAsync(lake))
        {
            var user = (string)record["user_id"]!;
            Assert.Equal("upsert", (string?)record["op"]);
            last[user] = $"{user} {record["n"]} {record["total"]}";
        }

        return [.. last.Values];
    }
}
