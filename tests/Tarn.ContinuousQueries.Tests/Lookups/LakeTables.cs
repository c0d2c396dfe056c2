using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Identity;
using Tarn.Query;
using Tarn.Storage;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;

namespace Tarn.ContinuousQueries.Tests.Lookups;

/// <summary>Tables of JSON lines in a real store and catalog, read as queries read them.</summary>
internal sealed class LakeTables(IServiceProvider services)
{
    private const string Bucket = "lake";

    private ICatalog Catalog => services.GetRequiredService<ICatalog>();

    private IObjectStore Objects => services.GetRequiredService<IObjectStore>();

    /// <summary>What queries of the lake need, beside metadata, ids, time and logging.</summary>
    public static IServiceCollection AddServices(IServiceCollection services, string directory)
    {
        var spill = Path.Combine(directory, "query-spill");
        return services
            .AddSingleton(new LakeIdentity())
            .AddStorage(new StorageOptions
            {
                DataDirectory = directory, RootKey = new AccessKey("AKIDTESTTESTTEST", "secretsecret", "root"),
            })
            .AddCatalog()
            .AddDuckDb(new DuckDbOptions
            {
                AllowedDirectories = [Path.Combine(directory, "objects"), Path.Combine(directory, "staging"), spill],
                TempDirectory = Path.Combine(spill, "duckdb"),
                Threads = 1,
            })
            .AddQuery(new QueryOptions());
    }

    /// <summary>A table of JSON lines, with its database and bucket where they are missing.</summary>
    /// <param name="columns">Each <c>name type</c>, as Hive has types.</param>
    public async Task CreateAsync(string name, params string[] columns)
    {
        var parts = name.Split('.');
        if (await Objects.FindBucketAsync(Bucket, CancellationToken.None) is null)
        {
            await Objects.CreateBucketAsync(Bucket, CancellationToken.None);
        }

        if (await Catalog.FindDatabaseAsync(parts[0], CancellationToken.None) is null)
        {
            await Catalog.CreateDatabaseAsync(new Database { Name = parts[0] }, CancellationToken.None);
        }

        var table = new Table
        {
            Name = new TableName(parts[0], parts[1]),
            Storage = new StorageDescriptor
            {
                Columns = [.. columns.Select(column => column.Split(' ', 2))
                    .Select(pair => new Column(pair[0], pair[1]))],
                Location = Location(name),
                SerDe = SerDeNames.OpenXJson,
            },
        };
        await Catalog.CreateTableAsync(table, CancellationToken.None);
    }

    public async Task<bool> HasAsync(string name)
    {
        var parts = name.Split('.');
        return await Catalog.FindTableAsync(new TableName(parts[0], parts[1]), CancellationToken.None) is not null;
    }

    public Task DropAsync(string name)
    {
        var parts = name.Split('.');
        return Catalog.DeleteTableAsync(new TableName(parts[0], parts[1]), CancellationToken.None);
    }

    /// <summary>Puts an object of the table, or another in its place.</summary>
    public async Task PutAsync(string table, string file, params string[] lines)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        await Objects.PutAsync(
            ObjectKey.Parse(Location(table) + file), body, ObjectAttributes.None, CancellationToken.None);
    }

    private static string Location(string table) => $"s3://{Bucket}/{table.Replace('.', '/')}/";
}
