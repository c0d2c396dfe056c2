using Tarn.Formats.Compression;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Delivery.Batches;

/// <summary>Where batches grow: files in the store's staging directory, which is emptied at start.</summary>
internal sealed class Staging(IObjectStore store, IdSource ids)
{
    public string NewPath() => Path.Combine(store.StagingDirectory, $"delivery-{ids.Next():N}");

    public StagedObject NewObject(CompressionFormat compression) => new(NewPath(), compression);

    /// <summary>Puts a file where it belongs; its content type follows from its name.</summary>
    public Task PutAsync(string uri, StagedFile file, CancellationToken cancellation)
    {
        var key = ObjectKey.Parse(uri);
        return store.PutFileAsync(key, file.Path, ContentTypes.Of(key.Key), cancellation);
    }

    public async Task<bool> StandsAsync(string uri, CancellationToken cancellation) =>
        await store.FindAsync(ObjectKey.Parse(uri), cancellation).ConfigureAwait(false) is not null;

    /// <summary>Takes back an object of an earlier attempt.</summary>
    public Task RemoveAsync(string uri, CancellationToken cancellation) =>
        store.DeleteAsync(ObjectKey.Parse(uri), cancellation);
}
