using Tarn.Benchmarks;
using Tarn.Benchmarks.Delivery;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest;
using Tarn.Benchmarks.Ingest.Servers;
using Tarn.Benchmarks.Objects;
using Tarn.Benchmarks.Queries;
using Tarn.Benchmarks.Scale;
using Tarn.Benchmarks.Scan;
using Tarn.Benchmarks.Views;

if (args is ["serve", var kind, var directory])
{
    await ServedTarget.RunAsync(kind, directory);
    return 0;
}

if (args is [Backlog.Name, var lake])
{
    await Backlog.RunAsync(lake);
    return 0;
}

if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

try
{
    Machine.Print();
    foreach (var capability in options.Capabilities)
    {
        await RunAsync(capability, options);
        Machine.PrintLoad();
    }

    return 0;
}
catch (Exception failure)
{
    // Caught so that the directory of the run is removed; the trace says what went wrong.
    Console.Error.WriteLine(failure);
    return 1;
}

static async Task RunAsync(string capability, BenchmarkOptions options)
{
    var root = Directory.CreateTempSubdirectory("tarn-benchmark-");
    try
    {
        await (capability switch
        {
            "ingest" => new IngestBenchmark(options, root.FullName).RunAsync(),
            "objects" => new ObjectsBenchmark(options, root.FullName).RunAsync(),
            "scale" => new ScaleBenchmark(options, root.FullName).RunAsync(),
            "backlog" => new BacklogBenchmark(options, root.FullName).RunAsync(),
            "delivery" => new DeliveryBenchmark(options, root.FullName).RunAsync(),
            "parquet" => new ParquetBenchmark(options, root.FullName).RunAsync(),
            "queries" => new QueriesBenchmark(options, root.FullName).RunAsync(),
            "scan" => new ScanBenchmark(options, root.FullName).RunAsync(),
            "nexmark" => new NexmarkBenchmark(options, root.FullName).RunAsync(),
            "latency" => new LatencyBenchmark(options, root.FullName).RunAsync(),
            "quiet" => new QuietBenchmark(options, root.FullName).RunAsync(),
            "soak" => new SoakBenchmark(options, root.FullName).RunAsync(),
            _ => new ViewsBenchmark(options, root.FullName).RunAsync(),
        });
    }
    finally
    {
        root.Delete(recursive: true);
    }
}
