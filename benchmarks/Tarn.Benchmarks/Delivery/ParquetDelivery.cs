using System.Globalization;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Benchmarks.Scan;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Delivery;
using Tarn.Streams;

namespace Tarn.Benchmarks.Delivery;

/// <summary>
/// The whole way: a shard's log to Parquet objects of 128 MiB of records each, from making the delivery stream to the
/// end of its flush.
/// </summary>
internal sealed class ParquetDelivery(BenchmarkOptions options, string directory)
{
    private const string Stream = "scores";
    private const string Bucket = "lake";
    private const int Users = 100_000;

    public async Task RunAsync(RawDuckDb reader)
    {
        await using var lake = await BenchmarkLake.OpenAsync(directory);
        var catalog = lake.Get<ICatalog>();
        await catalog.CreateDatabaseAsync(new Database { Name = "raw" }, CancellationToken.None);
        var columns = new StorageDescriptor { Columns = ParquetShape.Scores.Columns };
        var name = new TableName("raw", Stream);
        await catalog.CreateTableAsync(new Table { Name = name, Storage = columns }, CancellationToken.None);
        await StreamFill.FillAsync(lake.Get<IStreams>(), Stream, options.Records, Users);

        var rounds = new List<Measured>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            var delivered = await DeliverAsync(lake.Get<IDeliveryStreams>(), $"round-{round}", reader);
            if (round > 0) // The first one warms up.
            {
                rounds.Add(delivered);
            }
        }

        Print(rounds);
    }

    private async Task<Measured> DeliverAsync(IDeliveryStreams delivery, string name, RawDuckDb reader)
    {
        var clock = new CpuClock();
        await delivery.PutAsync(Spec(name), CancellationToken.None);
        await delivery.FlushAsync(name, CancellationToken.None);
        var elapsed = clock.Stop();

        await delivery.DeleteAsync(name, CancellationToken.None);
        var files = Path.Combine(directory, "objects", Bucket, name, "**", "*.parquet");
        var count = reader.Run($"SELECT count(*) FROM read_parquet('{files}')").Rows[0];
        Totals.MustEqual(options.Records, Number(count), "rows of the delivered objects");
        return elapsed;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DeliverySpec Spec(string name) => new()
    {
        Name = name,
        Source = new DeliverySource.FromStream(Stream),
        Destination = new ObjectDestination
        {
            Output = new ObjectOutput
            {
                Bucket = Bucket, Prefix = name + "/", BufferSeconds = 900, BufferBytesMax = 128L << 20,
            },
            Conversion = new FormatConversion { Database = "raw", Table = Stream },
        },
    };

    private void Print(List<Measured> rounds)
    {
        var rate = rounds.Rate(options.Records);
        var table = new FigureTable(
            $"Delivery of {FigureText.Rate(options.Records)} flat records, one shard, as plain Parquet (snappy)",
            "what", "payload MB/s", "records/s", "CPU ns/record");
        table.Add(
            "tarn: log to Parquet objects",
            FigureText.Number(rate * ScoreRecords.Bytes / 1e6),
            FigureText.Rate(rate),
            FigureText.Number(rounds.CpuCost(options.Records)));
        table.Print();
    }
}
