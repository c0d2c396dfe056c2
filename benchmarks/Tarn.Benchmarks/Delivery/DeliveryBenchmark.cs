using System.IO.Compression;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Delivery;
using Tarn.Formats.SerDes;
using Tarn.Storage.Objects;
using Tarn.Streams;

namespace Tarn.Benchmarks.Delivery;

/// <summary>
/// A shard's log to gzip JSON objects with partitions and checkpoints, from making the delivery stream to the end of
/// its flush, beside plain gzip of the same bytes.
/// </summary>
internal sealed class DeliveryBenchmark(BenchmarkOptions options, string directory)
{
    private const string Stream = "scores";
    private const string Bucket = "lake";
    private const int Users = 100_000;

    public async Task RunAsync()
    {
        await using var lake = await BenchmarkLake.OpenAsync(directory);
        await lake.Get<ICatalog>().CreateDatabaseAsync(new Database { Name = "raw" }, CancellationToken.None);
        await StreamFill.FillAsync(lake.Get<IStreams>(), Stream, options.Records, Users);
        var objectBytes = (int)Layout("any").Output.BufferBytesMax;
        var plain = await PlainGzip.OfAsync(lake.Get<IStreams>(), Stream, options.Records, objectBytes);

        var (tarn, peer) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round <= options.Rounds; round++)
        {
            var delivered = await DeliverAsync(lake, $"scores_{round}");
            var written = plain.Write(directory, round);
            if (round > 0) // The first one warms up.
            {
                tarn.Add(delivered);
                peer.Add(written);
            }
        }

        Print(tarn, peer);
    }

    private static ObjectDestination Layout(string table)
    {
        var lake = LakeLayout.Of(new TableTarget("raw", table), Bucket);
        return lake with { Output = lake.Output with { BufferSeconds = 900 } };
    }

    private static DeliverySpec Spec(string table) => new()
    {
        Name = table,
        Source = new DeliverySource.FromStream(Stream),
        Destination = Layout(table),
    };

    private async Task<Measured> DeliverAsync(BenchmarkLake lake, string table)
    {
        await CreateTableAsync(lake.Get<ICatalog>(), table);
        var delivery = lake.Get<IDeliveryStreams>();
        var clock = new CpuClock();
        await delivery.PutAsync(Spec(table), CancellationToken.None);
        await delivery.FlushAsync(table, CancellationToken.None);
        var elapsed = clock.Stop();

        var status = await delivery.FindAsync(table, CancellationToken.None);
        Totals.MustEqual(options.Records, status!.Records, "records in the delivery's checkpoint");
        await delivery.DeleteAsync(table, CancellationToken.None);
        var lines = await CountLinesAsync(lake.Get<IObjectStore>(), $"{LakeLayout.Prefix}{table}/");
        Totals.MustEqual(options.Records, lines, "lines in the delivered objects");
        return elapsed;
    }

    private static Task<Table> CreateTableAsync(ICatalog catalog, string table) => catalog.CreateTableAsync(
        new Table
        {
            Name = new TableName("raw", table),
            PartitionKeys =
                [new("year", "string"), new("month", "string"), new("day", "string"), new("hour", "string")],
            Storage = new StorageDescriptor
            {
                Columns = [new("user_id", "bigint"), new("game", "string"), new("score", "bigint")],
                Location = $"s3://{Bucket}/raw/{table}/",
                InputFormat = SerDeNames.TextInputFormat,
                OutputFormat = SerDeNames.TextOutputFormat,
                SerDe = SerDeNames.OpenXJson,
            },
        },
        CancellationToken.None);

    private static async Task<long> CountLinesAsync(IObjectStore store, string prefix)
    {
        long lines = 0;
        var page = await store.ListAsync(Bucket, new ObjectListing { Prefix = prefix }, CancellationToken.None);
        var buffer = new byte[1 << 20];
        foreach (var found in page.Objects)
        {
            await using var content = await store.OpenAsync(found.Key, range: null, CancellationToken.None);
            await using var text = new GZipStream(content!.Body, CompressionMode.Decompress);
            for (int read; (read = await text.ReadAsync(buffer)) > 0;)
            {
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
            }
        }

        return lines;
    }

    private void Print(List<Measured> tarn, List<Measured> peer)
    {
        var table = new FigureTable(
            $"Delivery of {FigureText.Rate(options.Records)} records, one shard, gzip (fastest), objects of 64 MiB",
            "what", "payload MB/s", "records/s", "CPU ns/record", "tarn / this");
        var best = tarn.Rate(options.Records);
        foreach (var (what, rounds) in new[]
            { ("tarn: log to registered objects", tarn), ("ceiling: GZipStream and fsync", peer) })
        {
            var rate = rounds.Rate(options.Records);
            table.Add(
                what,
                FigureText.Number(rate * ScoreRecords.Bytes / 1e6),
                FigureText.Rate(rate),
                FigureText.Number(rounds.CpuCost(options.Records)),
                FigureText.Ratio(best / rate));
        }

        table.Print();
    }
}
