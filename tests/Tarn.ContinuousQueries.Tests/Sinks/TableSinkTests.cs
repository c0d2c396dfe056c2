using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.ContinuousQueries.Sinks;
using Tarn.ContinuousQueries.Subscriptions;
using Tarn.ContinuousQueries.Tests.Kills;
using Tarn.ContinuousQueries.Tests.RandomStreams;
using Tarn.DuckDb;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.ContinuousQueries.Tests.Sinks;

/// <summary>Sinks into tables of the catalog.</summary>
public sealed class TableSinkTests : IAsyncLifetime, IDisposable
{
    private const string Rows =
        "CREATE MATERIALIZED VIEW rows WITH (ttl = '1 day') AS SELECT id, game, price, ts FROM events";

    private static readonly ViewColumn[] Columns = [new("id", "BIGINT", false), new("game", "VARCHAR", false)];

    private readonly TempDirectory _directory = new();
    private readonly List<string> _sent = [];
    private IDuckDb _duckDb = null!;
    private KillServer _server = null!;

    public async Task InitializeAsync()
    {
        _duckDb = DuckDbInstance.Open(new DuckDbOptions
        {
            AllowedDirectories = [Path.Combine(_directory.Path, "objects")],
            TempDirectory = Path.Combine(_directory.Path, "reader"),
            Threads = 1,
        });
        _server = await KillServer.StartAsync(_directory.Path);
        await Objects.CreateBucketAsync("lake", CancellationToken.None);
        await _server.Streams.CreateAsync(new StreamSpec { Name = EventTable.Stream }, CancellationToken.None);
        await _server.RunAsync(EventTable.TimedSource("events", TimeSpan.FromSeconds(1)));
        await _server.RunAsync(Rows);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _duckDb.Dispose();
    }

    public void Dispose() => _directory.Dispose();

    private IObjectStore Objects => _server.Get<IObjectStore>();

    [Fact]
    public async Task TableIsMade_RowsAreInIt_Once_OverRestarts()
    {
        await _server.RunAsync(Into("WITH (location = 's3://lake/rows', commit_interval = '10 milliseconds')"));
        await PutAsync(30);
        await SinkOutput.SettleAsync(_server.Views, "s");
        await _server.DisposeAsync();
        _server = await KillServer.StartAsync(_directory.Path);
        await PutAsync(20);
        await SinkOutput.SettleAsync(_server.Views, "s");

        var table = await _server.Get<ICatalog>().FindTableAsync(new TableName("lake", "rows"), default);

        Assert.Equal(_sent.Order(StringComparer.Ordinal), await InTableAsync());
        Assert.Equal("s3://lake/rows/", table!.Storage.Location);
        Assert.Equal(
            ["id bigint", "game string", "price decimal(10,2)", "ts timestamp"],
            table.Storage.Columns.Select(column => $"{column.Name} {column.Type}"));
    }

    [Fact]
    public async Task ClosedWindows_LeaveOnceEach()
    {
        await _server.RunAsync(
            "CREATE MATERIALIZED VIEW closed AS SELECT window_start, window_end, count(*) AS n "
            + "FROM TUMBLE(events, ts, INTERVAL '1 second') GROUP BY ALL EMIT ON WINDOW CLOSE");
        await _server.RunAsync(
            "CREATE SINK s FROM closed INTO TABLE lake.closed "
            + "WITH (location = 's3://lake/closed/', commit_interval = '10 milliseconds')");
        for (var second = 1; second <= 5; second++)
        {
            await PutAsync(1, $"2026-01-05 03:00:0{second}");
            await SinkOutput.SettleAsync(_server.Views, "s");
        }

        ViewColumn[] shown = [new("window_start", "TIMESTAMP", true), new("n", "BIGINT", false)];
        var rows = await SinkOutput.OfTableAsync(_server, "s3://lake/closed/", shown, _duckDb);

        Assert.Equal(
            ["2026-01-05T03:00:01.0000000 | 1", "2026-01-05T03:00:02.0000000 | 1", "2026-01-05T03:00:03.0000000 | 1"],
            rows);
        Assert.Equal(3, Assert.Single(_server.Views.ListSinks()).RecordsOut);
    }

    [Fact]
    public async Task PartitionedTable_GetsItsPartitions()
    {
        await MakeTableAsync([new("id", "bigint"), new("price", "decimal(10,2)"), new("ts", "timestamp")],
            [new("game", "string")]);
        await _server.RunAsync(Into("WITH (commit_interval = '10 milliseconds')"));
        await PutAsync(30);
        await SinkOutput.SettleAsync(_server.Views, "s");

        var partitions = await _server.Get<ICatalog>()
            .ListPartitionsAsync(new TableName("lake", "rows"), CancellationToken.None);
        var ids = await SinkOutput.OfTableAsync(
            _server, "s3://lake/made/", [new("id", "BIGINT", false)], _duckDb);

        Assert.Equal(30, ids.Count);
        Assert.Equal(["g0", "g1", "g2"], partitions.Select(partition => partition.Values[0]));
        Assert.Equal("s3://lake/made/game=g0/", partitions[0].Location);
    }

    [Fact]
    public async Task Statement_ThatCannotBe_IsRefused()
    {
        await _server.RunAsync(
            "CREATE MATERIALIZED VIEW per_game AS SELECT game, count(*) AS n FROM events GROUP BY game");
        await MakeTableAsync([new("id", "string"), new("game", "string"), new("price", "decimal(10,2)"),
            new("ts", "timestamp")], []);

        var updating = await RefusedAsync("CREATE SINK s FROM per_game INTO TABLE lake.x");
        var missing = await RefusedAsync("CREATE SINK s FROM rows INTO TABLE lake.nothing");
        var bucket = await RefusedAsync(
            "CREATE SINK s FROM rows INTO TABLE lake.nothing WITH (location = 's3://nobody/x/')");
        var unfit = await RefusedAsync(Into(""));
        var elsewhere = await RefusedAsync(Into("WITH (location = 's3://lake/other/')"));

        Assert.Contains("the view changes rows", updating.Message, StringComparison.Ordinal);
        Assert.Contains("EMIT ON WINDOW CLOSE", updating.Hint, StringComparison.Ordinal);
        Assert.Contains("WITH (location = ", missing.Hint, StringComparison.Ordinal);
        Assert.Equal("bucket 'nobody' of sink 's' does not exist", bucket.Message);
        Assert.Equal("column 'id' of view 'rows' is BIGINT, and string in table 'lake.rows'", unfit.Message);
        Assert.Equal("it lies at 's3://lake/made/'", elsewhere.Detail);
    }

    [Fact]
    public async Task ColumnsChangedMeanwhile_StopTheSink_WhichGoesOnWhenTheyFit()
    {
        await _server.RunAsync(Into("WITH (location = 's3://lake/rows/', commit_interval = '10 milliseconds')"));
        var catalog = _server.Get<ICatalog>();
        var table = (await catalog.FindTableAsync(new TableName("lake", "rows"), default))!;
        await catalog.UpdateTableAsync(
            table with { Version = 0, Storage = table.Storage with { Columns = [.. table.Storage.Columns.Skip(1)] } },
            CancellationToken.None);
        await PutAsync(3);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_server.Views.ListSinks()[0].Phase != SinkPhase.Failed)
        {
            await Task.Delay(10, limit.Token);
        }

        var error = _server.Views.ListSinks()[0].Error;
        await catalog.UpdateTableAsync(table with { Version = 0 }, CancellationToken.None);
        await _server.Views.ResumeAsync("s", CancellationToken.None);
        await SinkOutput.SettleAsync(_server.Views, "s");

        Assert.Contains("column 'id' of view 'rows' is not in table 'lake.rows'", error, StringComparison.Ordinal);
        Assert.Equal(_sent.Order(StringComparer.Ordinal), await InTableAsync());
    }

    [Theory]
    [InlineData("apply:before:sink-commit", 1)]
    [InlineData("apply:after:sink-commit", 1)]
    [InlineData("put:before", 1)]
    [InlineData("put:after", 1)]
    [InlineData("apply:before:sink-commit", 2)]
    [InlineData("apply:after:sink-commit", 2)]
    public async Task Deliver_CutOff_ComesAgain_AndIsThereOnce(string point, int nth)
    {
        await _server.RunAsync(Into("WITH (location = 's3://lake/rows/', commit_interval = '1 hour')"));
        var sink = _server.Views.FindSink("s")!.Spec;
        var epoch = await EpochAsync(1);
        var seen = 0;
        var faults = Faults.StopAt(at => at.StartsWith(point, StringComparison.Ordinal) && ++seen == nth);
        using (var cut = Target(faults))
        {
            await Assert.ThrowsAsync<TarnException>(() => cut.DeliverAsync(sink, epoch, CancellationToken.None));
        }

        var between = (await InTableAsync()).Count;
        using var again = Target(Faults.None);
        await again.DeliverAsync(sink, epoch with { IsRepeat = true }, CancellationToken.None);
        await again.DeliverAsync(sink, epoch with { IsRepeat = true }, CancellationToken.None);
        var once = (await InTableAsync()).Count;
        await again.DeliverAsync(sink, await EpochAsync(2), CancellationToken.None);

        Assert.Equal(point == "apply:after:sink-commit" && nth == 2 ? 3 : 0, between);
        Assert.Equal(3, once);
        Assert.Equal(6, (await InTableAsync()).Count);
    }

    [Fact]
    public async Task Drop_LeavesTheTable()
    {
        await _server.RunAsync(Into("WITH (location = 's3://lake/rows/', commit_interval = '10 milliseconds')"));
        await PutAsync(5);
        await SinkOutput.SettleAsync(_server.Views, "s");

        await _server.RunAsync("DROP SINK s");

        Assert.Equal(5, (await InTableAsync()).Count);
        Assert.Empty(await _server.Get<IMetadataStore>().ListNamesAsync("sink-commit", "", CancellationToken.None));
    }

    private static string Into(string with) => $"CREATE SINK s FROM rows INTO TABLE lake.rows {with}";

    private TableSink Target(Faults faults) => new(
        _server.Get<ICatalog>(), new FaultyObjectStore(Objects, faults),
        _server.Get<Catalog.Exclusions.IObjectExclusions>(),
        new FaultyMetadataStore(_server.Get<IMetadataStore>(), faults),
        new ContinuousQueriesOptions
        {
            Directory = _directory.Path,
            SpillDirectory = Path.Combine(_directory.Path, $"spill-{faults.GetHashCode()}"),
        },
        TimeProvider.System);

    private async Task<SinkEpoch> EpochAsync(long number)
    {
        using var session = _duckDb.OpenSession();
        ViewColumn[] columns =
            [new("id", "BIGINT", false), new("game", "VARCHAR", false), new("price", "DECIMAL(10,2)", false),
                new("ts", "TIMESTAMP", false)];
        var rows = await Batches.ColumnBatch.ReadAsync(
            session,
            $"SELECT range AS id, 'g' AS game, 1.5::DECIMAL(10,2) AS price, TIMESTAMP '2026-11-24' AS ts FROM range(3)",
            [], [.. columns.Select(column => Batches.CellType.Of(column.Type)!)], CancellationToken.None);
        return new SinkEpoch(number, number, (number - 1) * 3, Appends: true, columns, Place: null) { Rows = rows };
    }

    private Task<TarnException> RefusedAsync(string sql) =>
        Assert.ThrowsAsync<TarnException>(() => _server.RunAsync(sql));

    private Task<IReadOnlyList<string>> InTableAsync() =>
        SinkOutput.OfTableAsync(_server, "s3://lake/rows/", Columns, _duckDb);

    private Task MakeTableAsync(IReadOnlyList<Column> columns, IReadOnlyList<Column> keys) => MakeAsync(
        _server.Get<ICatalog>(), new Table
        {
            Name = new TableName("lake", "rows"),
            PartitionKeys = keys,
            Storage = new StorageDescriptor
            {
                Columns = columns,
                Location = "s3://lake/made/",
                SerDe = SerDeNames.Parquet,
            },
        });

    private static async Task MakeAsync(ICatalog catalog, Table table)
    {
        await catalog.CreateDatabaseAsync(new Catalog.Databases.Database { Name = "lake" }, CancellationToken.None);
        await catalog.CreateTableAsync(table, CancellationToken.None);
    }

    private async Task PutAsync(int count, string at = "2026-01-05 03:00:00")
    {
        var first = _sent.Count;
        var entries = Enumerable.Range(first, count).Select(i => new StreamEntry(
            System.Text.Encoding.UTF8.GetBytes($"k{i}"),
            System.Text.Encoding.UTF8.GetBytes(
                $$"""{"id":{{i}},"game":"g{{i % 3}}","price":1.25,"ts":"{{at}}"}"""))).ToList();
        _sent.AddRange(Enumerable.Range(first, count).Select(i => $"{i} | g{i % 3}"));
        var outcomes = await _server.Streams.AppendAsync(EventTable.Stream, entries, CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }
}
