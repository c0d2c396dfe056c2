using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Tests;

/// <summary>A catalog with a database <c>games</c>, for tests of one operation.</summary>
public abstract class CatalogScene : IAsyncLifetime
{
    private TestCatalog? _opened;

    protected static TableName Scores { get; } = new("games", "scores");

    protected static CancellationToken None => CancellationToken.None;

    internal TestCatalog Lake => _opened!;

    protected ICatalog Catalog => Lake.Catalog;

    protected IMetadataStore Metadata => Lake.Metadata;

    public async Task InitializeAsync()
    {
        _opened = TestCatalog.Open();
        await Catalog.CreateDatabaseAsync(new Database { Name = "games" }, None);
    }

    public async Task DisposeAsync() => await Lake.DisposeAsync();

    protected static Table ScoresTable() => new()
    {
        Name = Scores,
        PartitionKeys = [new Column("year", "int"), new Column("place", "string")],
        Storage = new StorageDescriptor { Columns = [new Column("score", "int")], Location = "s3://lake/scores/" },
    };

    protected static Partition PartitionOf(string year, string place) =>
        new([year, place], $"s3://lake/{year}/{place}/", new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero));

    protected static async Task<TarnException> RefusedAsync(ErrorKind kind, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<TarnException>(call);
        Assert.Equal(kind, failure.Kind);
        return failure;
    }

    /// <summary>Partitions of the table as <c>values: location</c>.</summary>
    protected async Task<IEnumerable<string>> PartitionsAsync() =>
        (await Catalog.ListPartitionsAsync(Scores, None))
            .Select(partition => $"{string.Join('/', partition.Values)}: {partition.Location}");
}
