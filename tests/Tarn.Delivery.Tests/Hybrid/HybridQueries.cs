using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Catalog;
using Tarn.Catalog.Exclusions;
using Tarn.DuckDb;
using Tarn.Primitives.Identity;
using Tarn.Query;
using Tarn.Query.Compilation;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Tests.Hybrid;

/// <summary>Queries over a delivery lake, whose hybrid tables it joins as the executable does.</summary>
internal sealed class HybridQueries : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public HybridQueries(DeliveryLake lake, string directory)
    {
        var store = lake.Below.GetRequiredService<IObjectStore>();
        var spill = Path.Combine(directory, "spill");
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(lake.Time)
            .AddSingleton(IdSource.System)
            .AddSingleton(new LakeIdentity())
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(store)
            .AddSingleton(lake.Catalog)
            .AddSingleton(lake.Below.GetRequiredService<IMetadataStore>())
            .AddSingleton(lake.Below.GetRequiredService<IObjectExclusions>())
            .AddSingleton(lake.Hybrid)
            .AddDuckDb(new DuckDbOptions
            {
                AllowedDirectories = [.. store.LocalDirectories, store.StagingDirectory, spill],
                TempDirectory = Path.Combine(spill, "duckdb"),
                Threads = 2,
            })
            .AddQuery(new QueryOptions())
            .BuildServiceProvider();
    }

    /// <summary>The first row.</summary>
    public async Task<IReadOnlyList<object?>> RowAsync(string sql)
    {
        using var query = await _services.GetRequiredService<IQueryCompiler>().CompileAsync(
            sql, new CompileOptions { Database = "raw" }, CancellationToken.None);
        using var session = _services.GetRequiredService<IDuckDb>().OpenSession();
        query.Attach(session);
        using var rows = await session.QueryAsync(query.DuckDbSql, CancellationToken.None);
        Assert.True(rows.Read());
        return [.. Enumerable.Range(0, rows.Columns.Count).Select(rows.GetValue)];
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
