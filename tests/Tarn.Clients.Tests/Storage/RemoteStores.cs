using Microsoft.Extensions.DependencyInjection;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Buckets;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Remote;

namespace Tarn.Clients.Tests.Storage;

/// <summary>Stores that keep their objects below a fresh prefix of a service.</summary>
internal sealed class RemoteStores(S3Service server)
{
    private readonly RemoteStorageOptions _options = server.FreshPrefix();
    private ServiceProvider? _services;

    public IObjectStore Objects => Services.GetRequiredService<IObjectStore>();

    public IMultipartUploads Uploads => Services.GetRequiredService<IMultipartUploads>();

    public IBucketSettings Settings => Services.GetRequiredService<IBucketSettings>();

    private ServiceProvider Services => _services ??= server.Open(_options);

    /// <summary>Bytes that a key of this bucket may have below the prefix.</summary>
    public int KeyBytesMax(string bucket) => 1024 - $"{_options.Location.Prefix}/{bucket}/".Length;

    /// <summary>What no S3 service can list or tell from another is refused by name.</summary>
    public static bool CanKeep(string key) =>
        key.Split('/').All(segment => segment is not ("." or "..")) && key.All(letter => letter >= ' ');

    /// <summary>As a new process would, on another data directory.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        _services = null;
    }

    public async Task CloseAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }
}
