using Microsoft.Extensions.Logging.Abstractions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Remote;
using Tarn.Storage.Objects.Remote.Uploads;

namespace Tarn.Clients.Tests.Storage;

/// <summary>A server that stops at any step of an upload in parts, and the next one on the same prefix.</summary>
public sealed class RemoteUploadStopTests(RemoteServer server) : IClassFixture<RemoteServer>, IAsyncLifetime
{
    private const string HelloCrc32C = "mnG7TA==";
    private static readonly ObjectKey Key = new("lake", "k");

    private static readonly ObjectAttributes Hello = new()
    {
        Checksum = () => new ObjectChecksum(ChecksumAlgorithm.Crc32C, HelloCrc32C, IsComposite: false),
    };

    private readonly RemoteStorageOptions _options = server.FreshPrefix();
    private UploadStep? _stopAt;
    private RemoteStorage? _storage;

    private RemoteStorage Storage => _storage!;

    public async Task InitializeAsync()
    {
        _storage = await OpenAsync();
        await Storage.Objects.CreateBucketAsync(Key.Bucket, default);
        await Storage.Objects.PutAsync(Key, Body("old"), ObjectAttributes.None, default);
    }

    public async Task DisposeAsync() => await Storage.DisposeAsync();

    [Theory]
    [InlineData(nameof(UploadStep.Begun), false, 0)]
    [InlineData(nameof(UploadStep.Recorded), true, 0)]
    [InlineData(nameof(UploadStep.PartSent), true, 0)]
    [InlineData(nameof(UploadStep.PartMarked), true, 1)]
    [InlineData(nameof(UploadStep.PartsRecorded), true, 1)]
    public async Task Stop_BeforeTheObject_OldStaysAndTheUploadGoesOn(string step, bool isKept, int parts)
    {
        await StopAsync(step, () => UploadAsync());
        Assert.Equal("old", await TextAsync());
        var found = (await Storage.Uploads.ListAsync(Key.Bucket, new ObjectListing(), null, default)).Uploads;
        Assert.Equal(isKept, found.Count == 1);
        if (found is [var upload])
        {
            var stored = await Storage.Uploads.ListPartsAsync(Key, upload.UploadId, 0, 1000, default);
            Assert.Equal(parts, stored.Count);
            Assert.Equal("text/plain", upload.Attributes.ContentType);
            await CompleteAsync(upload.UploadId);
        }

        Assert.Equal(isKept ? "hello" : "old", await TextAsync());
        Assert.Empty(await RecordsAsync());
    }

    [Theory]
    [InlineData(nameof(UploadStep.Made))]
    [InlineData(nameof(UploadStep.Forgotten))]
    public async Task Stop_BehindTheObject_ItIsWholeAndCompletesAgain(string step)
    {
        var id = "";
        await StopAsync(step, () => UploadAsync(begun => id = begun));
        Assert.Equal("hello", await TextAsync());
        Assert.Null(await Storage.Uploads.FindAsync(Key, id, default));
        Assert.Empty(await RecordsAsync());
        var found = (await Storage.Objects.FindAsync(Key, default))!;
        Assert.Equal(new ObjectPart(1, 5, HelloCrc32C), Assert.Single(found.Parts));
        Assert.Equal(HelloCrc32C, found.Checksum!.Value);
        var again = await Storage.Uploads.CompleteAsync(
            Key, id, [new CompletedPart(1, "5d41402abc4b2a76b9719d911017c592", null)], null, null, default);
        Assert.Equal((found.ETag, found.LastModified), (again.ETag, again.LastModified));
    }

    [Theory]
    [InlineData(nameof(UploadStep.Aborted))]
    [InlineData(nameof(UploadStep.Forgotten))]
    public async Task Stop_InAnAbort_NothingIsLeft(string step)
    {
        var id = await BeginAsync();
        await PutPartAsync(id);
        await StopAsync(step, () => Storage.Uploads.AbortAsync(Key, id, default));
        Assert.Null(await Storage.Uploads.FindAsync(Key, id, default));
        Assert.Empty(await RecordsAsync());
        Assert.Equal("old", await TextAsync());
    }

    [Fact]
    public async Task Delete_ObjectOfAnUpload_TakesTheRecordOfItsParts()
    {
        await UploadAsync();
        Assert.Single(await NamesAsync(".tarn/parts/"));
        await UploadAsync();
        Assert.Single(await NamesAsync(".tarn/parts/"));
        await Storage.Objects.DeleteAsync(Key, default);
        Assert.Empty(await NamesAsync(".tarn/parts/"));
    }

    private static MemoryStream Body(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private Task<RemoteStorage> OpenAsync() => RemoteStorage.OpenAsync(
        server.NewDirectory(), _options, TimeProvider.System, IdSource.System, NullLogger.Instance,
        step => _ = step == _stopAt ? throw new StopException() : 0);

    /// <summary>Stops at the step, and goes on with a new server and a new data directory.</summary>
    private async Task StopAsync(string step, Func<Task> work)
    {
        _stopAt = Enum.Parse<UploadStep>(step);
        await Assert.ThrowsAsync<StopException>(work);
        _stopAt = null;
        await Storage.DisposeAsync();
        _storage = await OpenAsync();
    }

    private async Task UploadAsync(Action<string>? begun = null)
    {
        var id = await BeginAsync();
        begun?.Invoke(id);
        await CompleteAsync(id);
    }

    private async Task<string> BeginAsync() => (await Storage.Uploads.CreateAsync(
        Key, new ObjectAttributes { ContentType = "text/plain" },
        new UploadChecksum(ChecksumAlgorithm.Crc32C, IsComposite: false), default)).UploadId;

    private Task<UploadedPart> PutPartAsync(string id) =>
        Storage.Uploads.PutPartAsync(Key, id, 1, Body("hello"), Hello, default);

    private async Task CompleteAsync(string id)
    {
        var part = await PutPartAsync(id);
        await Storage.Uploads.CompleteAsync(
            Key, id, [new CompletedPart(1, part.ETag, HelloCrc32C)], HelloCrc32C, null, default);
    }

    private async Task<string> TextAsync()
    {
        await using var content = await Storage.Objects.OpenAsync(Key, null, default);
        return await new StreamReader(content!.Body).ReadToEndAsync();
    }

    private async Task<List<string>> RecordsAsync() =>
        [.. await NamesAsync(".tarn/uploads/"), .. await NamesAsync(".tarn/checksums/")];

    private async Task<List<string>> NamesAsync(string folder)
    {
        using var service = new RemoteService(_options);
        return await service.ListNamesAsync($"{_options.Location.Prefix}/{folder}", null, default).ToListAsync();
    }

    private sealed class StopException : Exception;
}
