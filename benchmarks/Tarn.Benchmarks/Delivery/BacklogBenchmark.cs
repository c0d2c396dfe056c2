using System.Diagnostics;
using System.Globalization;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.Delivery;
using Tarn.Formats.SerDes;
using Tarn.Streams;

namespace Tarn.Benchmarks.Delivery;

/// <summary>
/// Ten times the records of a round wait in one shard's log; a process of its own delivers them as gzip JSON objects,
/// from making the delivery stream to the end of its flush, and tells the most memory that it ever held.
/// </summary>
internal sealed class BacklogBenchmark(BenchmarkOptions options, string directory)
{
    private const string Stream = "scores";
    private const string Table = "backlog";
    private const int Users = 100_000;
    private const int RoundsOfRecords = 10;

    public static DeliverySpec Spec { get; } = new()
    {
        Name = Table,
        Source = new DeliverySource.FromStream(Stream),
        Destination = LakeLayout.Of(new TableTarget("raw", Table)),
    };

    public async Task RunAsync()
    {
        var records = options.Records * RoundsOfRecords;
        await using (var lake = await BenchmarkLake.OpenAsync(directory))
        {
            await lake.Get<ICatalog>().CreateDatabaseAsync(new Database { Name = "raw" }, CancellationToken.None);
            await lake.Get<ICatalog>().CreateTableAsync(Define(), CancellationToken.None);
            await StreamFill.FillAsync(lake.Get<IStreams>(), Stream, records, Users);
        }

        var figures = await CatchUpAsync();
        Totals.MustEqual(records, figures[0], "records delivered");
        Print(records, figures);
    }

    private static Table Define() => new()
    {
        Name = new TableName("raw", Table),
        PartitionKeys = [.. LakeLayout.PartitionKeys.Select(key => new Column(key, "string"))],
        Storage = new StorageDescriptor
        {
            Columns = [new("user_id", "bigint"), new("game", "string"), new("score", "bigint")],
            Location = $"s3://{LakeLayout.Bucket}/{LakeLayout.Prefix}{Table}/",
            InputFormat = SerDeNames.TextInputFormat,
            OutputFormat = SerDeNames.TextOutputFormat,
            SerDe = SerDeNames.OpenXJson,
        },
    };

    private async Task<long[]> CatchUpAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Backlog.Name, directory])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var written = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. written.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))]
            : throw new InvalidDataException($"the process that catches up ended with {process.ExitCode}");
    }

    private static void Print(long records, long[] figures)
    {
        var (elapsed, cpu) = (TimeSpan.FromTicks(figures[2]), TimeSpan.FromTicks(figures[3]));
        var bytes = records * ScoreRecords.Bytes;
        var table = new FigureTable(
            $"A backlog of {FigureText.Rate(records)} records, {FigureText.Number(bytes / 1e9)} GB, one shard, gzip",
            "objects", "payload MB/s", "records/s", "CPU ns/record", "MiB at start", "MiB at most");
        table.Add(
            FigureText.Number(figures[1]),
            FigureText.Number(bytes / elapsed.TotalSeconds / 1e6),
            FigureText.Rate(records / elapsed.TotalSeconds),
            FigureText.Number(cpu.TotalNanoseconds / records),
            FigureText.Number(figures[4] >> 20),
            FigureText.Number(figures[5] >> 20));
        table.Print();
    }
}
