using System.Diagnostics;
using System.Globalization;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Scan;
using Tarn.Catalog.Tables;
using Tarn.Delivery;
using Tarn.Delivery.Conversion;
using Tarn.Delivery.Processing;
using Tarn.DuckDb;
using Tarn.Primitives.Identity;

namespace Tarn.Benchmarks.Delivery;

/// <summary>
/// A batch of JSON records to one Parquet file, from the spool that delivery stages, beside DuckDB's own COPY from
/// read_json of the same records in a file of lines, with the same columns, compression and encodings.
/// </summary>
internal sealed class ParquetBenchmark(BenchmarkOptions options, string directory)
{
    /// <summary>What one batch of delivery holds at most.</summary>
    private const long BatchBytesMax = 128L << 20;

    public async Task RunAsync()
    {
        using var slots = new ConversionSlots(
            DuckDbInstance.Open(new DuckDbOptions
            {
                AllowedDirectories = [directory],
                TempDirectory = Path.Combine(directory, "spill"),
                MemoryBytesMax = new DeliveryOptions().ConversionMemoryBytesMax,
                PreservesOrder = false,
            }),
            Environment.ProcessorCount);
        using var peer = new RawDuckDb();
        var table = new FigureTable(
            "JSON records to Parquet (snappy), one batch of up to 128 MiB",
            "records", "what", "payload MB/s", "records/s", "CPU ns/record", "file MB", "tarn / this");
        var memory = 0.0;
        foreach (var shape in new[] { ParquetShape.Scores, ParquetShape.Orders })
        {
            using var batch = Write(shape);
            foreach (var hasDictionary in new[] { true, false })
            {
                var output = new ParquetOutput { EnableDictionary = hasDictionary };
                var settings = new FormatConversion { Database = "raw", Table = "batch", Output = output };
                var conversion = new ParquetConversion(settings, TableOf(shape), slots);
                memory = memory > 0 ? memory : await MeasureMemoryAsync(conversion, batch);
                await CompareAsync(table, shape, batch, conversion, peer, hasDictionary);
            }
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine($"peak memory of the process after the first conversions: {memory:0} MB");
        await new ParquetDelivery(options, Path.Combine(directory, "lake")).RunAsync(peer);
    }

    private static Table TableOf(ParquetShape shape) => new()
    {
        Name = new TableName("raw", "batch"), Storage = new StorageDescriptor { Columns = shape.Columns },
    };

    private async Task<double> MeasureMemoryAsync(ParquetConversion conversion, RecordSpool batch)
    {
        for (var round = 0; round <= options.Rounds; round++)
        {
            await ConvertAsync(conversion, batch);
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    private async Task CompareAsync(
        FigureTable table,
        ParquetShape shape,
        RecordSpool batch,
        ParquetConversion conversion,
        RawDuckDb peer,
        bool hasDictionary)
    {
        var (tarn, duckDb) = (new List<Measured>(), new List<Measured>());
        var (tarnBytes, duckDbBytes) = (0L, 0L);
        for (var round = 0; round <= options.Rounds; round++)
        {
            var converted = await ConvertAsync(conversion, batch);
            var copied = Copy(peer, shape, batch, hasDictionary);
            (tarnBytes, duckDbBytes) = (converted.Bytes, copied.Bytes);
            if (round > 0) // The first one warms up.
            {
                tarn.Add(converted.Time);
                duckDb.Add(copied.Time);
            }
        }

        var dictionary = hasDictionary ? "dictionaries" : "plain";
        foreach (var (what, rounds, bytes) in new[]
            { ("tarn", tarn, tarnBytes), ("DuckDB: COPY from read_json", duckDb, duckDbBytes) })
        {
            var rate = rounds.Rate(batch.Records);
            table.Add(
                $"{shape.Name}, {dictionary}",
                what,
                FigureText.Number(rate * batch.DataBytes / batch.Records / 1e6),
                FigureText.Rate(rate),
                FigureText.Number(rounds.CpuCost(batch.Records)),
                FigureText.Number(bytes / 1e6),
                FigureText.Ratio(tarn.Rate(batch.Records) / rate));
        }
    }

    private async Task<(Measured Time, long Bytes)> ConvertAsync(ParquetConversion conversion, RecordSpool batch)
    {
        var path = Path.Combine(directory, "tarn.parquet");
        var clock = new CpuClock();
        var converted = await conversion.ConvertAsync(
            batch.Path, path, failed => throw new InvalidDataException(failed.Message), CancellationToken.None);
        var time = clock.Stop();
        Totals.MustEqual(batch.Records, converted.Rows, "rows of the Parquet file");
        var bytes = new FileInfo(path).Length;
        File.Delete(path);
        return (time, bytes);
    }

    private (Measured Time, long Bytes) Copy(RawDuckDb peer, ParquetShape shape, RecordSpool batch, bool hasDictionary)
    {
        var path = Path.Combine(directory, "peer.parquet");
        var dictionary = hasDictionary ? "" : ", DICTIONARY_SIZE_LIMIT 0";
        var clock = new CpuClock();
        peer.Run(
            $"COPY (SELECT * FROM read_json('{LinesOf(batch)}', format = 'newline_delimited',"
            + $" columns = {shape.DuckDbColumns})) TO '{path}' (FORMAT parquet, COMPRESSION snappy{dictionary})");
        var time = clock.Stop();
        var rows = long.Parse(
            peer.Run($"SELECT count(*) FROM read_parquet('{path}')").Rows[0], CultureInfo.InvariantCulture);
        Totals.MustEqual(batch.Records, rows, "rows of the peer's file");
        return (time, new FileInfo(path).Length);
    }

    private static string LinesOf(RecordSpool batch) => batch.Path + ".json";

    /// <summary>The records as a spool and, beside it, as lines.</summary>
    private RecordSpool Write(ParquetShape shape)
    {
        var spool = new RecordSpool(Path.Combine(directory, shape.Name));
        using var lines = new FileStream(LinesOf(spool), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        for (var index = 0L; index < options.Records; index++)
        {
            var data = shape.Make(index);
            if (spool.DataBytes + data.Length > BatchBytesMax)
            {
                break;
            }

            lines.Write(data);
            lines.WriteByte((byte)'\n');
            spool.Append(new FlowRecord(
                data,
                DateTimeOffset.UnixEpoch.AddMilliseconds(index),
                new SequenceNumber((ulong)index),
                SubSequence: 0,
                PartitionKey: default,
                QueryKeys: null,
                LambdaKeys: null));
        }

        spool.Complete();
        return spool;
    }
}
