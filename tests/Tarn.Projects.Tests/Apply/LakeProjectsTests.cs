using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries;
using Tarn.Dashboards;
using Tarn.Delivery;
using Tarn.Jobs;
using Tarn.Primitives.Errors;
using Tarn.Projects.Apply;
using Tarn.Query.Workgroups;
using Tarn.Storage.Objects;
using Tarn.Streams;

namespace Tarn.Projects.Tests.Apply;

/// <summary>Projects applied to the real engines.</summary>
public sealed class LakeProjectsTests : IAsyncLifetime
{
    private const string Lake = """
        buckets: [lake]
        streams:
          scores: { shards: 2, retention_hours: 24 }
        tables:
          raw.scores:
            format: json
            location: s3://other/raw/scores/
            columns: { game_id: string, score: bigint }
            partitioned_by: { year: string, month: string, day: string, hour: string }
        delivery:
          scores: { stream: scores, table: raw.scores, buffer_seconds: 60 }
        workgroups:
          thrifty: { scanned_bytes_max: 1000 }
        """;

    private const string Job = "-- target: curated.scores\n-- bookmark: raw.scores\nSELECT game_id FROM raw.scores";
    private const string Dashboard = "title: Scores\ntiles:\n- { title: newest, stream: scores }\n";

    private const string Query = """
        CREATE SOURCE scores (game_id VARCHAR, score BIGINT) FROM STREAM 'scores' FORMAT JSON;

        CREATE MATERIALIZED VIEW best AS SELECT game_id, max(score) AS best FROM scores GROUP BY game_id;
        """;

    private readonly LakeScene scene = new();

    public async Task InitializeAsync()
    {
        await scene.InitializeAsync();
        scene.Folder.With("lake.yaml", Lake).With("jobs/curate.sql", Job)
            .With("dashboards/scores.yaml", Dashboard).With("queries/scores.sql", Query);
    }

    public Task DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Apply_ToAnEmptyLake_MakesEverythingInTheOrderOfNeeds()
    {
        var changes = await scene.ApplyAsync();

        Assert.All(changes, change => Assert.Equal(ChangeAction.Create, change.Action));
        Assert.Equal(
            [
                "bucket lake", "bucket other", "stream scores", "database raw", "table raw.scores",
                "workgroup thrifty", "delivery scores", "job curate", "dashboard scores",
            ],
            changes.Select(change => $"{change.Kind} {change.Name}"));
        Assert.NotNull(await scene.Engine<IObjectStore>().FindBucketAsync("other", default));
        Assert.Equal(2, scene.Engine<IStreams>().Find("scores")!.Spec.ShardCount);
        Assert.NotNull(await Table());
        Assert.Equal(60, BufferSeconds(await Delivery()));
        Assert.Equal("curated.scores", (await scene.Engine<IJobs>().FindAsync("curate", default))!.Spec.Target);
        Assert.Equal("Scores", (await scene.Engine<IDashboards>().FindAsync("scores", default))!.Title);
        Assert.NotNull(scene.Engine<IContinuousQueries>().Find("best"));
    }

    [Fact]
    public async Task Apply_Again_KeepsEverything()
    {
        await scene.ApplyAsync();
        var version = (await Table())!.Version;

        var changes = await scene.ApplyAsync();

        Assert.All(changes, change => Assert.Equal(ChangeAction.Keep, change.Action));
        Assert.Equal(version, (await Table())!.Version);
        Assert.Single(scene.Engine<IContinuousQueries>().List());
    }

    [Theory]
    [InlineData("game-scores")]
    [InlineData("flights")]
    public async Task Apply_ExampleTwice_MakesItThenKeepsIt(string example)
    {
        var first = await scene.Projects.ApplyAsync(LakeScene.Example(example), default);
        var second = await scene.Projects.ApplyAsync(LakeScene.Example(example), default);

        Assert.Contains(first, change => change.Action == ChangeAction.Create);
        Assert.Equal(first.Count, second.Count);
        Assert.All(second, change => Assert.Equal(ChangeAction.Keep, change.Action));
    }

    [Fact]
    public async Task Apply_BothExamples_ShareALake()
    {
        await scene.Projects.ApplyAsync(LakeScene.Example("game-scores"), default);
        await scene.Projects.ApplyAsync(LakeScene.Example("flights"), default);

        Assert.Equal(["flights", "scores"], scene.Engine<IStreams>().List().Select(stream => stream.Name).Order());
    }

    [Theory]
    [InlineData("lake.yaml", "retention_hours: 24", "retention_hours: 48", "stream scores")]
    [InlineData("lake.yaml", "score: bigint", "score: bigint, user_id: string", "table raw.scores")]
    [InlineData("lake.yaml", "s3://other/raw/", "s3://lake/raw/", "table raw.scores")]
    [InlineData("lake.yaml", "format: json", "format: json\n    compaction: { target_mib: 64 }", "table raw.scores")]
    [InlineData("lake.yaml", "buffer_seconds: 60", "buffer_seconds: 30", "delivery scores")]
    [InlineData("lake.yaml", "scanned_bytes_max: 1000", "scanned_bytes_max: 2000", "workgroup thrifty")]
    [InlineData("jobs/curate.sql", "SELECT game_id", "SELECT DISTINCT game_id", "job curate")]
    [InlineData("dashboards/scores.yaml", "title: newest", "title: latest", "dashboard scores")]
    public async Task Apply_ChangedFile_UpdatesThatAlone(string file, string before, string after, string changed)
    {
        await scene.ApplyAsync();
        var path = Path.Combine(scene.Folder.Path, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(before, text);
        await File.WriteAllTextAsync(path, text.Replace(before, after, StringComparison.Ordinal));

        var changes = await scene.ApplyAsync();

        var change = Assert.Single(changes, change => change.Action != ChangeAction.Keep);
        Assert.Equal((changed, ChangeAction.Update), ($"{change.Kind} {change.Name}", change.Action));
        Assert.All(await scene.ApplyAsync(), kept => Assert.Equal(ChangeAction.Keep, kept.Action));
    }

    [Fact]
    public async Task Apply_Compaction_IsTheTablesAndGoesWithItsKeyWhileOtherPropertiesStay()
    {
        scene.Folder.With("lake.yaml", Lake.Replace(
            "format: json",
            "format: json\n    compaction: { target_mib: 64, after_minutes: 5, grace_minutes: 20 }",
            StringComparison.Ordinal));
        await scene.ApplyAsync();
        var made = (await Table())!;
        var owned = new Dictionary<string, string>(made.Parameters) { ["owner"] = "me" };
        await scene.Engine<ICatalog>().UpdateTableAsync(made with { Parameters = owned }, default);

        Assert.All(await scene.ApplyAsync(), kept => Assert.Equal(ChangeAction.Keep, kept.Action));
        Assert.Equal(
            "tarn.compaction.after_minutes=5 tarn.compaction.grace_minutes=20 tarn.compaction.target_bytes=67108864",
            string.Join(
                ' ', made.Parameters.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}={entry.Value}")));

        scene.Folder.With("lake.yaml", Lake);
        await scene.ApplyAsync();
        Assert.Equal(["owner"], (await Table())!.Parameters.Keys);
    }

    [Fact]
    public async Task Apply_ChangedRetentionAndDelivery_AreTheEngines()
    {
        await scene.ApplyAsync();
        scene.Folder.With("lake.yaml", Lake
            .Replace("retention_hours: 24", "retention_hours: 48", StringComparison.Ordinal)
            .Replace("buffer_seconds: 60", "buffer_seconds: 30, compression: zstd", StringComparison.Ordinal));

        await scene.ApplyAsync();

        Assert.Equal(48, scene.Engine<IStreams>().Find("scores")!.Spec.RetentionHours);
        Assert.Equal(30, BufferSeconds(await Delivery()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(1)]
    public async Task Apply_ChangedShardCount_Reshards(int shards)
    {
        await scene.ApplyAsync();
        scene.Folder.With("lake.yaml", Lake.Replace("shards: 2", $"shards: {shards}", StringComparison.Ordinal));

        await scene.ApplyAsync();

        Assert.Equal(shards, scene.Engine<IStreams>().Find("scores")!.Spec.ShardCount);
        Assert.All(await scene.ApplyAsync(), kept => Assert.Equal(ChangeAction.Keep, kept.Action));
    }

    [Fact]
    public async Task Apply_ChangedStreamSettings_AreTheEngines()
    {
        await scene.ApplyAsync();
        scene.Folder.With("lake.yaml", Lake.Replace(
            "shards: 2",
            "shards: 2, durability: os, limits: aws, max_record_kib: 2048, tags: { team: games }, "
                + "faults: { error_rate: 0.25, latency_ms: 40 }",
            StringComparison.Ordinal));

        await scene.ApplyAsync();

        var spec = scene.Engine<IStreams>().Find("scores")!.Spec;
        Assert.Equal((StreamDurability.OperatingSystem, StreamRates.Aws), (spec.Durability, spec.Rates));
        Assert.Equal((new StreamFaults(0.25, 40), 2 << 20), (spec.Faults, spec.RecordBytesMax));
        Assert.Equal([KeyValuePair.Create("team", "games")], spec.Tags);
        Assert.All(await scene.ApplyAsync(), kept => Assert.Equal(ChangeAction.Keep, kept.Action));

        scene.Folder.With("lake.yaml", Lake);
        await scene.ApplyAsync();
        spec = scene.Engine<IStreams>().Find("scores")!.Spec;
        Assert.Equal((StreamDurability.Disk, StreamFaults.None), (spec.Durability, spec.Faults));
        Assert.Equal("games", spec.Tags["team"]);
    }

    [Fact]
    public async Task Apply_ModeOnDemand_KeepsTheShardsThatTheLoadHasMade()
    {
        await scene.ApplyAsync();
        scene.Folder.With("lake.yaml", Lake.Replace("shards: 2", "mode: on_demand", StringComparison.Ordinal));

        await scene.ApplyAsync();

        var spec = scene.Engine<IStreams>().Find("scores")!.Spec;
        Assert.Equal((true, 2), (spec.OnDemand, spec.ShardCount));
        Assert.All(await scene.ApplyAsync(), kept => Assert.Equal(ChangeAction.Keep, kept.Action));
    }

    [Fact]
    public async Task Plan_OfAnEmptyLake_WritesNothing()
    {
        var changes = await scene.Projects.PlanAsync(scene.Folder.Read(), default);

        Assert.Equal(9, changes.Count(change => change.Action == ChangeAction.Create));
        Assert.Empty(await scene.Engine<IObjectStore>().ListBucketsAsync(default));
        Assert.Empty(scene.Engine<IStreams>().List());
        Assert.Null(await scene.Engine<ICatalog>().FindDatabaseAsync("raw", default));
        Assert.Null(await scene.Engine<IWorkgroups>().FindAsync("thrifty", default));
        Assert.Empty(await scene.Engine<IDeliveryStreams>().ListAsync(default));
        Assert.Empty(await scene.Engine<IJobs>().ListAsync(default));
        Assert.Empty(await scene.Engine<IDashboards>().ListAsync(default));
        Assert.Empty(scene.Engine<IContinuousQueries>().List());
    }

    [Fact]
    public async Task Plan_OfAChange_SaysUpdateAndWritesNothing()
    {
        await scene.ApplyAsync();
        scene.Folder.With("lake.yaml", Lake.Replace("hours: 24", "hours: 48", StringComparison.Ordinal));

        var changes = await scene.Projects.PlanAsync(scene.Folder.Read(), default);

        Assert.Equal("stream", Assert.Single(changes, change => change.Action == ChangeAction.Update).Kind);
        Assert.Equal(24, scene.Engine<IStreams>().Find("scores")!.Spec.RetentionHours);
    }

    [Fact]
    public async Task Apply_StatementThatFails_NamesItsFileAndLine()
    {
        scene.Folder.With(
            "queries/scores.sql", Query.Replace("FROM scores GROUP", "FROM nowhere GROUP", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<TarnException>(scene.ApplyAsync);

        Assert.StartsWith("queries/scores.sql:3: ", error.Message);
    }

    [Fact]
    public async Task Apply_AfterAStepThatFailed_GoesOnWhereItStopped()
    {
        scene.Folder.With("queries/scores.sql", "CREATE SOURCE scores FROM nothing");
        await Assert.ThrowsAsync<TarnException>(scene.ApplyAsync);
        scene.Folder.With("queries/scores.sql", Query);

        var changes = await scene.ApplyAsync();

        Assert.All(changes, change => Assert.Equal(ChangeAction.Keep, change.Action));
        Assert.NotNull(scene.Engine<IContinuousQueries>().Find("best"));
    }

    private Task<Table?> Table() =>
        scene.Engine<ICatalog>().FindTableAsync(new TableName("raw", "scores"), default);

    private Task<DeliveryStatus?> Delivery() => scene.Engine<IDeliveryStreams>().FindAsync("scores", default);

    private static int BufferSeconds(DeliveryStatus? status) =>
        Assert.IsType<ObjectDestination>(status!.Spec.Destination).Output.BufferSeconds;
}
