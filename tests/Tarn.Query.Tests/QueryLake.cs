using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Identity;
using Tarn.Query.Compilation;
using Tarn.Query.Executions;
using Tarn.Query.Previews;
using Tarn.Query.Sources;
using Tarn.Query.Statements;
using Tarn.Query.Workgroups;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests;

/// <summary>
/// A lake on a directory with real storage, catalog, DuckDB and queries. Opening another on the same directory is a
/// restart.
/// </summary>
internal sealed class QueryLake : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private QueryLake(ServiceProvider services) => _services = services;

    public IQueries Queries => _services.GetRequiredService<IQueries>();

    public IQueryCompiler Compiler => _services.GetRequiredService<IQueryCompiler>();

    public IWorkgroups Workgroups => _services.GetRequiredService<IWorkgroups>();

    public IObjectStore Objects => _services.GetRequiredService<IObjectStore>();

    public IMetadataStore Metadata => _services.GetRequiredService<IMetadataStore>();

    public IObjectExclusions Exclusions => _services.GetRequiredService<IObjectExclusions>();

    public ICatalog Catalog => _services.GetRequiredService<ICatalog>();

    public IObjectPreviews Previews => _services.GetRequiredService<IObjectPreviews>();

    public IDuckDb DuckDb => _services.GetRequiredService<IDuckDb>();

    public static async Task<QueryLake> OpenAsync(
        string directory,
        ITableSource? source = null,
        IStatementHandler? handler = null,
        int runningMax = 4,
        TimeProvider? time = null,
        Faults? faults = null,
        Func<DuckDbOptions, DuckDbOptions>? engine = null,
        QueryOptions? options = null)
    {
        var spill = Path.Combine(directory, "spill");
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 4, 30, 0, TimeSpan.Zero)))
            .AddSingleton(IdSource.System)
            .AddSingleton(new LakeIdentity())
            .AddStorage(new StorageOptions
            {
                DataDirectory = directory,
                RootKey = new AccessKey("AKIAIOSFODNN7EXAMPLE", "a-secret-of-the-tests", "root"),
            })
            .AddCatalog()
            .AddDuckDb((engine ?? (usual => usual))(new DuckDbOptions
            {
                AllowedDirectories =
                    [Path.Combine(directory, "objects"), Path.Combine(directory, "staging"), spill],
                TempDirectory = Path.Combine(spill, "duckdb"),
                Threads = 2,
            }))
            .AddQuery((options ?? new QueryOptions()) with { RunningMax = runningMax });
        if (source is not null)
        {
            services.AddSingleton(source);
        }

        if (handler is not null)
        {
            services.AddSingleton(handler);
        }

        if (faults is not null)
        {
            Decorate<IObjectStore>(services, store => new FaultyObjectStore(store, faults));
            Decorate<IMetadataStore>(services, store => new FaultyMetadataStore(store, faults));
        }

        var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        var lake = new QueryLake(provider);
        if (await lake.Objects.FindBucketAsync("lake", CancellationToken.None) is null)
        {
            await lake.Objects.CreateBucketAsync("lake", CancellationToken.None);
        }

        return lake;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Reverse())
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    /// <summary>A table of JSON lines; the database is made when missing.</summary>
    public Task CreateJsonTableAsync(string name, string columns, string partitionKeys = "") =>
        CreateTableAsync(name, columns, partitionKeys, SerDeNames.OpenXJson);

    public Task CreateParquetTableAsync(string name, string columns, string partitionKeys = "") =>
        CreateTableAsync(name, columns, partitionKeys, SerDeNames.Parquet);

    public Task CreateTableAsync(string name, string columns, string partitionKeys, string serDe) =>
        CreateTableAsync(name, columns, partitionKeys, serDe, []);

    public async Task CreateTableAsync(
        string name, string columns, string partitionKeys, string serDe, Dictionary<string, string> properties)
    {
        var parts = name.Split('.');
        if (await Catalog.FindDatabaseAsync(parts[0], CancellationToken.None) is null)
        {
            await Catalog.CreateDatabaseAsync(new Database { Name = parts[0] }, CancellationToken.None);
        }

        await Catalog.CreateTableAsync(
            new Table
            {
                Name = new TableName(parts[0], parts[1]),
                PartitionKeys = Columns(partitionKeys),
                Storage = new StorageDescriptor
                {
                    Columns = Columns(columns),
                    Location = Location(name),
                    SerDe = serDe,
                    SerDeParameters = properties,
                },
            },
            CancellationToken.None);
    }

    public async Task AddPartitionAsync(string table, params string[] values)
    {
        var parts = table.Split('.');
        var partition = new Partition(
            values, $"{Location(table)}{string.Join('/', values)}/", DateTimeOffset.UnixEpoch);
        await Catalog.AddPartitionsAsync(new TableName(parts[0], parts[1]), [partition], CancellationToken.None);
    }

    public static string Location(string table) => $"s3://lake/{table.Replace('.', '/')}/";

    /// <summary>Puts an object of the table; its name says how it is compressed.</summary>
    public async Task<ObjectInfo> PutAsync(string table, string name, string text)
    {
        var bytes = CompressionCodec.Compress(Encoding.UTF8.GetBytes(text), CompressionCodec.FromName(name));
        using var body = new MemoryStream(bytes);
        return await Objects.PutAsync(
            ObjectKey.Parse(Location(table) + name), body, ObjectAttributes.None, CancellationToken.None);
    }

    /// <summary>Puts a Parquet object with the rows of a DuckDB query.</summary>
    public async Task<ObjectInfo> PutParquetAsync(string table, string name, string duckDbSql)
    {
        var staged = Path.Combine(Objects.LocalDirectories[0], $"staged-{name}");
        using (var session = DuckDb.OpenSession())
        {
            await session.ExecuteAsync($"COPY ({duckDbSql}) TO '{staged}' (FORMAT parquet)", CancellationToken.None);
        }

        var moved = Path.Combine(Objects.StagingDirectory, name);
        File.Move(staged, moved);
        return await Objects.PutFileAsync(
            ObjectKey.Parse(Location(table) + name), moved, ObjectAttributes.None, CancellationToken.None);
    }

    public async Task<QueryExecution> RunAsync(string sql, string database = "default", string workgroup = "primary")
    {
        var started = await Queries.StartAsync(
            new QueryRequest { Sql = sql, Database = database, Workgroup = workgroup }, CancellationToken.None);
        return await Queries.WaitAsync(started.Id, null, CancellationToken.None);
    }

    /// <summary>
    /// The whole result, a row a line: values joined by <c>|</c>, NULL for NULL; or the reason of a failure.
    /// </summary>
    public async Task<string> ReadAsync(string sql, string database = "default")
    {
        var execution = await RunAsync(sql, database);
        if (execution.State != QueryState.Succeeded)
        {
            return $"{execution.State}: {execution.StateChangeReason}";
        }

        var lines = new List<string>();
        for (long? row = 0; row is { } first;)
        {
            var page = await Queries.ReadAsync(execution.Id, first, 1000, CancellationToken.None);
            lines.AddRange(page.Rows.Select(values => string.Join('|', values.Select(value => value ?? "NULL"))));
            row = page.NextRow;
        }

        return string.Join('\n', lines);
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => wrap((T)inner.ImplementationFactory!(provider)));
    }

    private static List<Column> Columns(string text) => [.. text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(column => column.Split(' ', 2))
        .Select(pair => new Column(pair[0], pair[1]))];
}
