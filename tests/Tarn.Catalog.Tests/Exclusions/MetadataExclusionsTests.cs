using Tarn.Catalog.Exclusions;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Catalog.Tests.Exclusions;

public sealed class MetadataExclusionsTests
{
    private const string Kind = "excluded-objects";
    private const string Id = "0193577a4f6e7b1c8d2e3f4a5b6c7d8e";

    [Fact]
    public async Task Read_SpecOfVersionOne_HidesWhatItNames()
    {
        await using var lake = TestCatalog.Open();
        var spec = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "excluded-objects.json"));
        await lake.Metadata.ApplyAsync([MetadataChange.Create(Kind, Id, spec)], default);

        var excluded = await lake.Exclusions.ListAsync(default);

        Assert.True(excluded.Hides(Info("raw/scores/a.json.gz", "0cc175b9c0f1b6a831c399e269772661")));
        Assert.False(excluded.Hides(Info("raw/scores/a.json.gz", "other bytes")));
        Assert.True(excluded.Hides(Info($"raw/scores/compacted-{Id}.json.gz", "any bytes")));
        Assert.False(excluded.Hides(Info("raw/scores/deeper/a.json.gz", "0cc175b9c0f1b6a831c399e269772661")));
        var change = lake.Exclusions.Plan(new Exclusion(
            Id,
            "s3://lake/raw/scores/",
            [
                new("a.json.gz", "0cc175b9c0f1b6a831c399e269772661"),
                new($"compacted-{Id}.json.gz", ETag: null),
            ]));
        Assert.Equal((Kind, Id, spec), (change.Kind, change.Name, change.Spec));
    }

    [Fact]
    public async Task DiffersAt_ExclusionThatCameChangedOrWent_TellsTheFoldersAboveIt()
    {
        await using var lake = TestCatalog.Open();
        var none = await lake.Exclusions.ListAsync(default);
        await lake.Metadata.ApplyAsync([Plan("a")], default);
        var came = await lake.Exclusions.ListAsync(default);
        await lake.Metadata.ApplyAsync([Plan("b")], default);
        var changed = await lake.Exclusions.ListAsync(default);
        await lake.Metadata.ApplyAsync([lake.Exclusions.PlanEnd(Id)], default);
        var went = await lake.Exclusions.ListAsync(default);

        foreach (var (before, after) in new[] { (none, came), (came, changed), (changed, went) })
        {
            Assert.True(after.DiffersAt(new("lake", "raw/hour=04/"), before));
            Assert.True(after.DiffersAt(new("lake", "raw/"), before));
            Assert.True(after.DiffersAt(new("lake", ""), before));
            Assert.False(after.DiffersAt(new("lake", "raw/hour=05/"), before));
            Assert.False(after.DiffersAt(new("other", ""), before));
            Assert.False(after.DiffersAt(new("lake", "raw/"), after));
        }

        MetadataChange Plan(string name) =>
            lake.Exclusions.Plan(new Exclusion(Id, "s3://lake/raw/hour=04/", [new(name, "1")]));
    }

    private static ObjectInfo Info(string key, string etag) =>
        new(new("lake", key), 1, etag, DateTimeOffset.UnixEpoch, ObjectAttributes.None);
}
