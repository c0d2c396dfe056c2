using Tarn.Catalog.Exclusions;
using Tarn.Catalog.Tables;
using Tarn.Query.Binding;
using Tarn.Sql.Types;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Binding;

/// <summary>Which objects are a table's, while some of them take the place of others.</summary>
public sealed class TableFilesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task ListAsync_ExcludedObjects_AreNoneOfTheTable()
    {
        using var directory = new TempDirectory();
        await using var lake = await TwoObjectsAsync(directory);
        var exclusions = lake.Exclusions;

        await ExcludeAsync(lake, "plan", new ExcludedObject("a.json", null), new ExcludedObject("b.json", "other"));

        Assert.Equal(["b.json"], await NamesAsync(lake, exclusions));
    }

    [Fact]
    public async Task ListAsync_ObjectPutAndExcludedDuringTheListing_IsNotListed()
    {
        using var directory = new TempDirectory();
        await using var lake = await TwoObjectsAsync(directory);
        var exclusions = new Meanwhile(lake.Exclusions, async () =>
        {
            await ExcludeAsync(lake, "plan", new ExcludedObject("ab.json", null));
            await lake.PutAsync("default.t", "ab.json", "{\"a\":1}\n{\"a\":2}\n");
        });

        Assert.Equal(["a.json", "b.json"], await NamesAsync(lake, exclusions));
    }

    [Fact]
    public async Task ListAsync_SourcesExcludedDuringTheListing_AreListedAsOfOneMoment()
    {
        using var directory = new TempDirectory();
        await using var lake = await TwoObjectsAsync(directory);
        await lake.PutAsync("default.t", "ab.json", "{\"a\":1}\n{\"a\":2}\n");
        await ExcludeAsync(lake, "plan", new ExcludedObject("ab.json", null));
        var exclusions = new Meanwhile(lake.Exclusions, () => ExcludeAsync(
            lake, "plan", new ExcludedObject("a.json", null), new ExcludedObject("b.json", null)));

        Assert.Equal(["ab.json"], await NamesAsync(lake, exclusions));
    }

    [Theory]
    [InlineData("c.json.LZO")]
    [InlineData("c.deflate")]
    [InlineData("c.json.xz")]
    public async Task Query_ObjectOfAnUnreadCompression_IsRefusedByItsName(string name)
    {
        using var directory = new TempDirectory();
        await using var lake = await TwoObjectsAsync(directory);
        await lake.PutAsync("default.t", name, "{\"a\":3}\n");

        var answer = await lake.ReadAsync("SELECT sum(a) FROM t");

        Assert.StartsWith("Failed: HIVE_UNSUPPORTED_FORMAT", answer, StringComparison.Ordinal);
        Assert.Contains($"t/{name}' is compressed", answer, StringComparison.Ordinal);
    }

    private static async Task<QueryLake> TwoObjectsAsync(TempDirectory directory)
    {
        var lake = await QueryLake.OpenAsync(directory.Path);
        await lake.CreateJsonTableAsync("default.t", "a bigint");
        await lake.PutAsync("default.t", "a.json", "{\"a\":1}\n");
        await lake.PutAsync("default.t", "b.json", "{\"a\":2}\n");
        return lake;
    }

    private static async Task ExcludeAsync(QueryLake lake, string id, params ExcludedObject[] objects)
    {
        var table = await lake.Catalog.FindTableAsync(new TableName("default", "t"), None);
        var exclusion = new Exclusion(id, table!.Storage.Location, objects);
        await lake.Metadata.ApplyAsync([lake.Exclusions.Plan(exclusion)], None);
    }

    private static async Task<IEnumerable<string>> NamesAsync(QueryLake lake, IObjectExclusions exclusions)
    {
        var table = (await lake.Catalog.FindTableAsync(new TableName("default", "t"), None))!;
        var bound = new BoundTable(table.Name, table, null, new Dictionary<string, SqlType>());
        var partitions = new TablePartitions(
            lake.Catalog, new PartitionConditions(lake.DuckDb), TimeProvider.System);
        var files = await new TableFiles(partitions, exclusions, lake.Objects)
            .ListAsync(bound, PartitionFilter.None, null, None);
        var folder = ObjectKey.Parse(table.Storage.Location).Key.Length;
        return files.Select(file => file.Object.Key.Key[folder..].TrimStart('/'));
    }

    /// <summary>Something happens right after the exclusions were read for the first time.</summary>
    private sealed class Meanwhile(IObjectExclusions inner, Func<Task> act) : IObjectExclusions
    {
        private bool _happened;

        public async Task<ExcludedObjects> ListAsync(CancellationToken cancellation)
        {
            var found = await inner.ListAsync(cancellation);
            if (!_happened)
            {
                _happened = true;
                await act();
            }

            return found;
        }

        public MetadataChange Plan(Exclusion exclusion) => inner.Plan(exclusion);

        public MetadataChange PlanEnd(string id) => inner.PlanEnd(id);
    }
}
