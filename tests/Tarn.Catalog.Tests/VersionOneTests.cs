using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Tests;

/// <summary>Reads the specs that the first version wrote, under the names that it gave them.</summary>
public sealed class VersionOneTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Read_SpecsOfVersionOne_AreUnderstood()
    {
        await using var lake = TestCatalog.Open();
        await lake.Metadata.ApplyAsync(
            [
                MetadataChange.Create("database", "games", await Spec("database")),
                MetadataChange.Create("table", "games/scores", await Spec("table")),
                MetadataChange.Create("partition", "games/scores/New!20York", await Spec("partition")),
            ],
            None);

        var database = await lake.Catalog.FindDatabaseAsync("games", None);
        Assert.Equal(("games", "s3://lake/games/"), (database!.Description, database.LocationUri));
        Assert.Equal("me", database.Parameters["owner"]);
        var table = await lake.Catalog.FindTableAsync(new TableName("games", "scores"), None);
        Assert.Equal(("scores", 1, "EXTERNAL_TABLE"), (table!.Description, table.Version, table.TableType));
        Assert.Equal([new Column("user_id", "string"), new Column("score", "int", "points")], table.Storage.Columns);
        Assert.Equal([new Column("place", "string")], table.PartitionKeys);
        Assert.Equal(("in", "out"), (table.Storage.InputFormat, table.Storage.OutputFormat));
        Assert.Equal("1", table.Storage.SerDeParameters["serialization.format"]);
        Assert.Equal(("s3://lake/raw/scores/", "json"), (table.Storage.Location, table.Parameters["classification"]));
        Assert.Equal(table.CreatedAt.AddHours(1), table.UpdatedAt);
        Assert.Equal(["New York"], Assert.Single(await lake.Catalog.ListPartitionsAsync(table.Name, None)).Values);
        Assert.Empty(await lake.Catalog.PlanPartitionsAsync(
            table.Name, [new(["New York"], "s3://lake/x/", default)], None));
    }

    [Theory]
    [InlineData("{\"v\":2,\"description\":\"\",\"parameters\":{},\"created\":\"2026-11-23\"}", ErrorKind.Unsupported)]
    [InlineData("{\"v\":1}", ErrorKind.Damaged)]
    [InlineData("nonsense", ErrorKind.Damaged)]
    [InlineData("null", ErrorKind.Damaged)]
    public async Task Read_LaterOrDamagedSpec_IsRefusedAndNamed(string spec, ErrorKind kind)
    {
        await using var lake = TestCatalog.Open();
        await lake.Metadata.ApplyAsync([MetadataChange.Create("database", "games", spec)], None);
        var failure = await Assert.ThrowsAsync<TarnException>(() => lake.Catalog.FindDatabaseAsync("games", None));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains("database 'games'", failure.Message, StringComparison.Ordinal);
    }

    private static Task<string> Spec(string kind) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "testdata", "v1", kind + ".json"));
}
