using System.Text;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Tests.Objects.Local.Versions;

/// <summary>
/// Random puts, deletes, version deletes and changes of versioning, against <see cref="VersionModel"/>; every so often
/// the store starts again, and listings are compared page by page.
/// </summary>
public sealed class VersionModelTests : IAsyncLifetime
{
    private const int Rounds = 120;

    private static readonly CancellationToken None = CancellationToken.None;

    // Keys that share folders, and keys that are folders of others.
    private static readonly string[] Keys = ["a", "a/b", "a/c", "b//x", "b/x", "z"];

    private readonly VersionModel _model = new();
    private TestLake? _lake;

    private LocalStorage Storage => _lake!.Storage;

    public async Task InitializeAsync()
    {
        _lake = await TestLake.OpenAsync();
        await Storage.Objects.CreateBucketAsync("lake", None);
    }

    public async Task DisposeAsync() => await _lake!.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task AnyCalls_InAnyOrder_AnswerAsTheModel(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var key = Keys[random.Next(Keys.Length)];
            await StepAsync(random, key, $"{seed} {round}");
            await AssertKeyAsync(key);
            if (round % 20 == 19)
            {
                await _lake!.ReopenAsync();
                await AssertListingsAsync(random);
            }
        }

        foreach (var key in Keys)
        {
            await AssertKeyAsync(key);
        }
    }

    private Task StepAsync(Random random, string key, string text) => random.Next(12) switch
    {
        < 5 => PutAsync(key, text),
        < 7 => DeleteAsync(key),
        < 10 => DeleteVersionAsync(key, _model.AnyVersion(key, random)),
        10 => SetAsync(BucketVersioning.Enabled),
        _ => SetAsync(random.Next(3) > 0 ? BucketVersioning.Enabled : BucketVersioning.Suspended),
    };

    private async Task PutAsync(string key, string text)
    {
        var info = await Storage.Objects.PutAsync(
            new ObjectKey("lake", key), new MemoryStream(Encoding.UTF8.GetBytes(text)), ObjectAttributes.None, None);
        _model.Put(key, info.VersionId, text);
    }

    private async Task DeleteAsync(string key)
    {
        var deletion = await Storage.Versions.DeleteAsync(new ObjectKey("lake", key), null, None);
        Assert.Equal(_model.Versioning != BucketVersioning.Unversioned, deletion.IsMarker);
        _model.Delete(key, deletion.VersionId);
    }

    private async Task DeleteVersionAsync(string key, string versionId)
    {
        var deletion = await Storage.Versions.DeleteAsync(new ObjectKey("lake", key), versionId, None);
        Assert.Equal(_model.Remove(key, versionId), deletion.IsFound);
    }

    private async Task SetAsync(BucketVersioning versioning)
    {
        await Storage.Versions.SetVersioningAsync("lake", versioning, None);
        _model.Versioning = versioning;
        Assert.Equal(versioning, await Storage.Versions.FindVersioningAsync("lake", None));
    }

    private async Task AssertKeyAsync(string key)
    {
        var expected = _model.Of(key);
        var current = expected is [{ Text: var newest }, ..] ? newest : null;
        Assert.Equal(
            expected.Select(version => version.Text), await VersionTexts.OfAsync(Storage, new ObjectKey("lake", key)));
        await using var content = await Storage.Objects.OpenAsync(new ObjectKey("lake", key), null, None);
        Assert.Equal(
            current,
            content is null ? null : await new StreamReader(content.Body).ReadToEndAsync());
        if (current is { } text)
        {
            using var local = await Storage.Objects.OpenLocalAsync(new ObjectKey("lake", key), None);
            Assert.Equal(text, await File.ReadAllTextAsync(local!.Path));
        }
    }

    private async Task AssertListingsAsync(Random random)
    {
        var listing = new ObjectListing
        {
            Prefix = random.Next(2) == 0 ? "" : "a",
            Delimiter = random.Next(2) == 0 ? null : "/",
            EntriesMax = random.Next(1, 6),
        };
        var (found, prefixes) = (new List<string>(), new List<string>());
        VersionPage page;
        string? afterVersion = null;
        do
        {
            page = await Storage.Versions.ListAsync("lake", listing, afterVersion, None);
            Assert.True(page.Versions.Count + page.CommonPrefixes.Count <= listing.EntriesMax);
            found.AddRange(page.Versions.Select(version =>
                $"{version.Key.Key} {version.VersionId} {version.IsMarker} {version.IsLatest}"));
            prefixes.AddRange(page.CommonPrefixes);
            (listing, afterVersion) = (listing with { After = page.NextAfter }, page.NextAfterVersionId);
        }
        while (page.NextAfter is not null);

        var (versions, expectedPrefixes) = _model.List(Keys, listing.Prefix, listing.Delimiter);
        Assert.Equal(versions, found);
        Assert.Equal(expectedPrefixes, prefixes);
    }
}
