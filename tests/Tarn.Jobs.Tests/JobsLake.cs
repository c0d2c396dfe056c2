using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Catalog.Writers;
using Tarn.DuckDb;
using Tarn.DuckDb.Results;
using Tarn.Formats.SerDes;
using Tarn.Jobs.Compaction;
using Tarn.Primitives.Identity;
using Tarn.Query;
using Tarn.Query.Compilation;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Jobs.Tests;

/// <summary>
/// A lake on a directory with real storage, catalog, queries and DuckDB, and jobs on top, whose stores are as faulty as
/// asked. Closing it and opening another on the same directory is a restart. Time stands still unless moved.
/// </summary>
internal sealed class JobsLake : IAsyncDisposable
{
    private readonly ServiceProvider _below;
    private readonly ServiceProvider _services;
    private bool _isClosed;

    private JobsLake(ServiceProvider below, ServiceProvider services)
    {
        _below = below;
        _services = services;
    }

    public IJobs Jobs => _services.GetRequiredService<IJobs>();

    public ICompaction Compaction => _services.GetRequiredService<ICompaction>();

    public IObjectExclusions Exclusions => _below.GetRequiredService<IObjectExclusions>();

    public IObjectStore Store => _below.GetRequiredService<IObjectStore>();

    public ICatalog Catalog => _below.GetRequiredService<ICatalog>();

    public IMetadataStore Metadata => _below.GetRequiredService<IMetadataStore>();

    public static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 23, 4, 32, 0, TimeSpan.Zero));

    public static Task<JobsLake> OpenAsync(string directory, FakeTimeProvider time, Faults faults) =>
        OpenAsync(directory, time, faults, []);

    public static async Task<JobsLake> OpenAsync(
        string directory, FakeTimeProvider time, Faults faults, IReadOnlyList<IUnfinishedWrites> writers)
    {
        var below = Basics(time)
            .AddStorage(new StorageOptions
            {
                DataDirectory = directory,
                RootKey = new AccessKey("AKIAIOSFODNN7EXAMPLE", "a-secret-of-the-tests", "root"),
            })
            .AddCatalog()
            .AddSingleton<ITableRule, CompactionRule>()
            .AddDuckDb(new DuckDbOptions
            {
                AllowedDirectories = [directory],
                TempDirectory = Path.Combine(directory, "spill"),
                MemoryBytesMax = 256 << 20,
                Threads = 2,
            })
            .AddQuery(new QueryOptions())
            .BuildServiceProvider();
        await StartAsync(below);
        var above = Basics(time);
        foreach (var writer in writers)
        {
            above.AddSingleton(writer);
        }

        var services = above
            .AddSingleton(below.GetRequiredService<ICatalog>())
            .AddSingleton(below.GetRequiredService<IObjectExclusions>())
            .AddSingleton(below.GetRequiredService<IDuckDb>())
            .AddSingleton(below.GetRequiredService<IQueryCompiler>())
            .AddSingleton<IObjectStore>(new FaultyObjectStore(below.GetRequiredService<IObjectStore>(), faults))
            .AddSingleton<IMetadataStore>(new FaultyMetadataStore(below.GetRequiredService<IMetadataStore>(), faults))
            .AddJobs(new JobsOptions
            {
                RunsKept = 5,
                Compaction = new CompactionOptions { Interval = TimeSpan.FromDays(30), WorkShare = 1 },
            })
            .BuildServiceProvider();
        await StartAsync(services);
        return new JobsLake(below, services);
    }

    /// <summary>Opened for the first time: with a bucket and the table raw.scores.</summary>
    public static async Task<JobsLake> CreateAsync(string directory, FakeTimeProvider time, Faults faults)
    {
        var lake = await OpenAsync(directory, time, faults);
        await lake.Store.CreateBucketAsync("lake", CancellationToken.None);
        await lake.Catalog.CreateDatabaseAsync(new Database { Name = "raw" }, CancellationToken.None);
        await lake.Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName("raw", "scores"),
                PartitionKeys = [new Column("hour", "string")],
                Storage = new StorageDescriptor
                {
                    Columns = [new Column("n", "bigint"), new Column("game", "string")],
                    Location = "s3://lake/raw/scores/",
                    InputFormat = SerDeNames.TextInputFormat,
                    OutputFormat = SerDeNames.TextOutputFormat,
                    SerDe = SerDeNames.OpenXJson,
                },
            },
            CancellationToken.None);
        return lake;
    }

    /// <summary>Puts an object of raw scores with these numbers and registers its partition.</summary>
    public async Task PutRawAsync(string hour, string name, params int[] numbers)
    {
        var folder = $"raw/scores/hour={hour}/";
        using var body = new MemoryStream();
        await using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var n in numbers)
            {
                await gzip.WriteAsync(Encoding.UTF8.GetBytes($$"""{"n":{{n}},"game":"g{{n % 2}}"}{{"\n"}}"""));
            }
        }

        body.Position = 0;
        var key = new ObjectKey("lake", $"{folder}{name}.json.gz");
        await Store.PutAsync(key, body, ObjectAttributes.None, CancellationToken.None);
        var partition = new Partition([hour], $"s3://lake/{folder}", DateTimeOffset.UnixEpoch);
        await Catalog.AddPartitionsAsync(new TableName("raw", "scores"), [partition], CancellationToken.None);
    }

    /// <summary>All keys of the bucket below the prefix, in order.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        var page = await Store.ListAsync("lake", new ObjectListing { Prefix = prefix }, CancellationToken.None);
        Assert.Null(page.NextAfter);
        return [.. page.Objects.Select(info => info.Key.Key)];
    }

    /// <summary>
    /// The values of a column as a plain DuckDB reads them from the files that the catalog says are the table's, in
    /// order.
    /// </summary>
    public async Task<IReadOnlyList<object?>> ReadAsync(string table, string column)
    {
        var parts = table.Split('.');
        var found = (await Catalog.FindTableAsync(new TableName(parts[0], parts[1]), CancellationToken.None))!;
        var locations = found.PartitionKeys.Count == 0
            ? [found.Storage.Location]
            : (await Catalog.ListPartitionsAsync(found.Name, CancellationToken.None)).Select(item => item.Location);
        var paths = new List<string>();
        foreach (var key in (await Task.WhenAll(locations.Select(KeysOfAsync))).SelectMany(keys => keys))
        {
            using var file = await Store.OpenLocalAsync(new ObjectKey("lake", key), CancellationToken.None);
            paths.Add($"'{file!.Path}'");
        }

        return paths.Count == 0 ? [] : await QueryAsync(
            $"SELECT {column} FROM read_parquet([{string.Join(", ", paths)}], hive_partitioning = true) ORDER BY 1");
    }

    /// <summary>Puts a query's result as a Parquet object.</summary>
    public async Task PutParquetAsync(string key, string sql, string codec)
    {
        var path = Path.Combine(Store.StagingDirectory, "test.parquet");
        using var session = _below.GetRequiredService<IDuckDb>().OpenSession();
        await session.ExecuteAsync($"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION {codec})", default);
        await Store.PutFileAsync(new ObjectKey("lake", key), path, ObjectAttributes.None, default);
    }

    /// <summary>What DuckDB says about a Parquet object; {0} stands for its path.</summary>
    public async Task<IReadOnlyList<object?>> ParquetAsync(string key, string sql)
    {
        using var file = await Store.OpenLocalAsync(new ObjectKey("lake", key), CancellationToken.None);
        return await QueryAsync(sql.Replace("{0}", $"'{file!.Path}'", StringComparison.Ordinal));
    }

    /// <summary>The first column of a query's rows, as every reader of the lake gets them.</summary>
    public async Task<IReadOnlyList<object?>> SelectAsync(string sql)
    {
        using var query = await _below.GetRequiredService<IQueryCompiler>()
            .CompileAsync(sql, new CompileOptions(), CancellationToken.None);
        using var session = _below.GetRequiredService<IDuckDb>().OpenSession();
        query.Attach(session);
        using var result = await session.QueryAsync(query.DuckDbSql, CancellationToken.None);
        return Drain(result);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        await StopAsync(_services);
        await _services.DisposeAsync();
        await StopAsync(_below);
        await _below.DisposeAsync();
    }

    private static IServiceCollection Basics(FakeTimeProvider time) => new ServiceCollection()
        .AddSingleton<TimeProvider>(time)
        .AddSingleton(IdSource.System)
        .AddSingleton(new LakeIdentity())
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));

    private static async Task StartAsync(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
        }
    }

    private static async Task StopAsync(ServiceProvider services)
    {
        foreach (var service in services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<string>> KeysOfAsync(string location) =>
        await KeysAsync(ObjectKey.Parse(location).Key);

    private async Task<IReadOnlyList<object?>> QueryAsync(string sql)
    {
        using var session = _below.GetRequiredService<IDuckDb>().OpenSession();
        using var result = await session.QueryAsync(sql, CancellationToken.None);
        return Drain(result);
    }

    private static List<object?> Drain(IDuckDbResult result)
    {
        var values = new List<object?>();
        while (result.Read())
        {
            values.Add(result.GetValue(0));
        }

        return values;
    }
}
