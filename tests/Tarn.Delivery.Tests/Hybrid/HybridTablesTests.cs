using System.Globalization;
using System.Text;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Tests.Destinations;
using Tarn.Delivery.Tests.Processing;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Hybrid;

public sealed class HybridTablesTests
{
    private const string Count = "SELECT count(*), count(DISTINCT n) FROM scores";

    [Fact]
    public async Task Query_RecordsBeforeAndAfterADelivery_GivesEachOnce()
    {
        using var directory = new TempDirectory();
        await using var lake = await LakeAsync(directory.Path, DeliveryLake.ScoresTable(), DeliveryLake.Spec);
        await using var queries = new HybridQueries(lake, directory.Path);

        var empty = await queries.RowAsync(Count);
        await lake.AppendAsync("{\"n\":1}", "{\"n\":2}", "no json");
        var inLog = await queries.RowAsync(Count);
        await lake.FlushAsync();
        var delivered = await queries.RowAsync(Count);
        await lake.AppendAsync("{\"n\":3}");
        var both = await queries.RowAsync("SELECT count(*), sum(n), min(hour) FROM scores WHERE year = '2026'");
        var otherDay = await queries.RowAsync("SELECT count(*) FROM scores WHERE day = '24'");

        Assert.Equal([0L, 0L], empty);
        Assert.Equal([2L, 2L], inLog);
        Assert.Equal([2L, 2L], delivered);
        Assert.Equal(new object?[] { 3L, 6L, "04" }, both);
        Assert.Equal([0L], otherDay);
        Assert.Empty(Directory.EnumerateFiles(lake.Store.StagingDirectory));
    }

    /// <summary>A batch's object stands, and its commit does not come for a while: its records count once.</summary>
    [Fact]
    public async Task Query_BatchPutAndNotCommitted_CountsItOnce()
    {
        using var directory = new TempDirectory();
        var isDown = false;
        var faults = Faults.Where(point =>
            Volatile.Read(ref isDown) && point.StartsWith("put:after:s3://lake/raw/", StringComparison.Ordinal));
        await using var lake = await LakeAsync(
            directory.Path, DeliveryLake.ScoresTable(), DeliveryLake.Spec, shards: 1, faults);
        await using var queries = new HybridQueries(lake, directory.Path);
        await lake.AppendAsync("{\"n\":1}");
        await lake.FlushAsync();
        Volatile.Write(ref isDown, true);
        await lake.AppendAsync("{\"n\":2}");
        var flush = lake.FlushAsync();
        await faults.Hit;
        var standing = (await lake.KeysAsync("raw/scores/")).Count;

        var counted = await queries.RowAsync(Count);
        Volatile.Write(ref isDown, false);
        await flush;
        var committed = await queries.RowAsync(Count);

        Assert.Equal(2, standing);
        Assert.Equal([2L, 2L], counted);
        Assert.Equal([2L, 2L], committed);
    }

    /// <summary>
    /// While records come and batches are committed all the time, each count is what was acknowledged at some moment
    /// between its query's begin and end.
    /// </summary>
    [Fact]
    public async Task Query_DeliveriesAllTheTime_CountsWhatWasAcknowledged()
    {
        const int QueriesMin = 150;
        using var directory = new TempDirectory();
        await using var lake = await LakeAsync(
            directory.Path, DeliveryLake.ScoresTable(), DeliveryLake.Spec, shards: 3);
        await using var queries = new HybridQueries(lake, directory.Path);
        using var stop = new CancellationTokenSource();
        var (sent, acknowledged, flushes) = (0L, 0L, 0);
        var producing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var from = Interlocked.Read(ref sent);
                Interlocked.Add(ref sent, 5);
                await AppendAsync(lake, from, count: 5);
                Interlocked.Add(ref acknowledged, 5);
                await Task.Delay(1);
            }
        });
        var delivering = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await lake.FlushAsync();
                Interlocked.Increment(ref flushes);
            }
        });

        var wrong = new List<string>();
        var objects = 0;
        for (var query = 0; query < QueriesMin; query++)
        {
            var before = Interlocked.Read(ref acknowledged);
            var row = await queries.RowAsync(Count);
            var after = Interlocked.Read(ref sent);
            var count = (long)row[0]!;
            if (count < before || count > after || count != (long)row[1]!)
            {
                wrong.Add($"{before} <= {row[0]} (distinct {row[1]}) <= {after}");
            }

            objects = query % 50 == 0 ? (await lake.KeysAsync("raw/scores/")).Count : objects;
        }

        await stop.CancelAsync();
        await Task.WhenAll(producing, delivering);
        await lake.FlushAsync();
        var last = await queries.RowAsync(Count);

        Assert.Empty(wrong);
        Assert.Equal([sent, sent], last);
        Assert.True(flushes > 5 && objects > 5, $"{flushes} flushes, {objects} objects");
    }

    [Fact]
    public async Task Query_ParquetConversion_ReadsTheTailAsParquet()
    {
        using var directory = new TempDirectory();
        var table = DeliveryLake.ScoresTable();
        table = table with
        {
            Storage = table.Storage with
            {
                SerDe = SerDeNames.Parquet,
                InputFormat = SerDeNames.ParquetInputFormat,
                OutputFormat = SerDeNames.ParquetOutputFormat,
            },
        };
        var objects = (ObjectDestination)DeliveryLake.Spec.Destination;
        var spec = DeliveryLake.Spec with
        {
            Destination = objects with
            {
                Form = RecordForm.Raw,
                Table = null,
                Conversion = new FormatConversion
                {
                    Database = "raw",
                    Table = "scores",
                    Input = new OpenXJsonSerDe(),
                    Output = new ParquetOutput(),
                },
                Output = objects.Output with { Compression = Formats.Compression.CompressionFormat.None },
            },
        };
        await using var lake = await LakeAsync(directory.Path, table, spec);
        await using var queries = new HybridQueries(lake, directory.Path);
        await lake.AppendAsync("{\"n\":1}", "{\"n\":\"x\"}");
        await lake.FlushAsync();
        await lake.AppendAsync("{\"n\":2}");

        var both = await queries.RowAsync("SELECT count(*), sum(n) FROM scores WHERE day = '23'");

        Assert.Equal([2L, 3L], both);
    }

    [Fact]
    public async Task Query_NoDeliveryStream_IsRefusedByName()
    {
        using var directory = new TempDirectory();
        await using var lake = await LakeAsync(directory.Path, DeliveryLake.ScoresTable(), spec: null);
        await using var queries = new HybridQueries(lake, directory.Path);

        var none = await Assert.ThrowsAsync<TarnException>(() => queries.RowAsync(Count));
        var odd = Assert.Throws<TarnException>(() => new Tarn.Delivery.Hybrid.HybridRule().Check(
            DeliveryLake.ScoresTable() with { Parameters = Property("maybe") }));

        Assert.Equal(("NOT_SUPPORTED", ErrorKind.Unsupported), (none.Code, none.Kind));
        Assert.Contains("no delivery stream has it as its table", none.Message, StringComparison.Ordinal);
        const string Said = "property 'tarn.hybrid' of table 'raw.scores' is 'maybe'";
        Assert.Contains(Said, odd.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_RecordsWrittenAsTheyCome_IsRefusedByName()
    {
        using var directory = new TempDirectory();
        var objects = (ObjectDestination)DeliveryLake.Spec.Destination;
        var spec = DeliveryLake.Spec with { Destination = objects with { Form = RecordForm.Raw } };
        await using var lake = await LakeAsync(directory.Path, DeliveryLake.ScoresTable(), spec);
        await using var queries = new HybridQueries(lake, directory.Path);

        var refused = await Assert.ThrowsAsync<TarnException>(() => queries.RowAsync(Count));

        Assert.Equal(("NOT_SUPPORTED", ErrorKind.Unsupported), (refused.Code, refused.Kind));
        Assert.Contains("'scores-to-lake' writes records as they come", refused.Message, StringComparison.Ordinal);
        Assert.Equal("let it write JSON lines or convert records", refused.Hint);
    }

    [Fact]
    public async Task Query_DeliveryThatCallsAFunction_IsRefusedByName()
    {
        using var directory = new TempDirectory();
        var objects = (ObjectDestination)DeliveryLake.Spec.Destination;
        var step = new LambdaStep { FunctionArn = ScriptedFunctions.Arn };
        var spec = DeliveryLake.Spec with { Destination = objects with { Steps = [step] } };
        await using var lake = await LakeAsync(directory.Path, DeliveryLake.ScoresTable(), spec);
        await using var queries = new HybridQueries(lake, directory.Path);

        var refused = await Assert.ThrowsAsync<TarnException>(() => queries.RowAsync(Count));

        Assert.Equal(("NOT_SUPPORTED", ErrorKind.Unsupported), (refused.Code, refused.Kind));
        Assert.Contains("'scores-to-lake' calls a function", refused.Message, StringComparison.Ordinal);
        Assert.Equal("take the function step out", refused.Hint);
    }

    [Fact]
    public async Task Query_MoreUndeliveredThanTheLimit_IsRefusedUntilItIsDelivered()
    {
        using var directory = new TempDirectory();
        await using var lake = await LakeAsync(
            directory.Path,
            DeliveryLake.ScoresTable(),
            DeliveryLake.Spec,
            options: new DeliveryOptions { HybridTailBytesMax = 100 });
        await using var queries = new HybridQueries(lake, directory.Path);
        await AppendAsync(lake, from: 0, count: 5);
        var within = await queries.RowAsync(Count);
        await AppendAsync(lake, from: 5, count: 20);

        var refused = await Assert.ThrowsAsync<TarnException>(() => queries.RowAsync(Count));
        var staged = Directory.EnumerateFiles(lake.Store.StagingDirectory).ToList();
        await lake.FlushAsync();
        var delivered = await queries.RowAsync(Count);

        Assert.Equal([5L, 5L], within);
        Assert.Equal(("EXCEEDED_HYBRID_LIMIT", ErrorKind.LimitExceeded), (refused.Code, refused.Kind));
        Assert.Equal(
            "records for table 'raw.scores' that are not delivered yet are more than 100 bytes", refused.Message);
        Assert.Equal("deliver them first: tarn delivery flush scores-to-lake", refused.Hint);
        Assert.Empty(staged);
        Assert.Equal([25L, 25L], delivered);
    }

    private static Dictionary<string, string> Property(string value) => new() { ["tarn.hybrid"] = value };

    private static async Task<DeliveryLake> LakeAsync(
        string directory,
        Table table,
        DeliverySpec? spec,
        int shards = 2,
        Faults? faults = null,
        DeliveryOptions? options = null)
    {
        var lake = await DeliveryLake.OpenAsync(
            directory,
            DeliveryLake.NewTime(),
            faults ?? Faults.None,
            new ScriptedFunctions(),
            new ScriptedEndpoint(),
            options ?? new DeliveryOptions());
        await lake.Streams.CreateAsync(
            new StreamSpec { Name = "scores", ShardCount = shards }, CancellationToken.None);
        await lake.Catalog.CreateDatabaseAsync(new Database { Name = "raw" }, CancellationToken.None);
        await lake.Catalog.CreateTableAsync(table with { Parameters = Property("true") }, CancellationToken.None);
        if (spec is not null)
        {
            await lake.Delivery.PutAsync(spec, CancellationToken.None);
        }

        return lake;
    }

    private static async Task AppendAsync(DeliveryLake lake, long from, int count)
    {
        var entries = Enumerable.Range(0, count).Select(index =>
        {
            var number = (from + index).ToString(CultureInfo.InvariantCulture);
            return new StreamEntry(Encoding.UTF8.GetBytes(number), Encoding.UTF8.GetBytes($"{{\"n\":{number}}}"));
        }).ToArray();
        var outcomes = await lake.Streams.AppendAsync("scores", entries, CancellationToken.None);
        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
    }
}
